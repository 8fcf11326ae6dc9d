// SPDX-License-Identifier: BSD-2-Clause
//! Callers and servers of types.defs in Rust and in C, over fake_mach.c: every
//! class of type there and back, who owns what afterwards, then messages that
//! were tampered with. MIG_TYPES and the like name what `mig --rust` made.

#[path = "rust_fake.rs"]
mod fake;
#[path = "rust_forms.rs"]
mod forms_test;
#[path = "rust_hostile.rs"]
mod hostile;
#[path = "rust_impl.rs"]
mod server;
mod types {
    include!(env!("MIG_TYPES"));
}
mod forms {
    include!(env!("MIG_FORMS"));
}
mod untyped {
    include!(env!("MIG_UNTYPED"));
}

use fake::*;
use server::{right, PLAN};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicUsize, Ordering};
use types::mig::*;
use types::types::{pair_t, rgb_t};
use types::user;

static COUNT: AtomicUsize = AtomicUsize::new(0);
static FAILED: AtomicUsize = AtomicUsize::new(0);

pub fn ok(condition: bool, what: &str) {
    let n = COUNT.fetch_add(1, Ordering::Relaxed) + 1;
    if !condition {
        FAILED.fetch_add(1, Ordering::Relaxed);
    }
    println!("{}ok {} - {}", if condition { "" } else { "not " }, n, what);
}

pub fn is<V: PartialEq + std::fmt::Debug>(got: V, want: V, what: &str) {
    ok(got == want, what);
    if got != want {
        println!("# got {got:?}, want {want:?}");
    }
}

/// A right that is never given up.
pub fn permanent<R: Right>(name: Name) -> ManuallyDrop<R> {
    ManuallyDrop::new(right(name).unwrap())
}

pub fn target() -> ManuallyDrop<SendRight<Fake>> {
    permanent(SERVER)
}

/// The Rust server, as C calls one.
extern "C" fn serve(request: *mut u8, reply: *mut u8) -> i32 {
    let mut server = ManuallyDrop::new(server::Types::new());
    let answered = unsafe {
        let size = (request as *const u32).add(1).read_unaligned() as usize;
        let request = std::slice::from_raw_parts_mut(request, size + 60);
        let reply = std::slice::from_raw_parts_mut(reply, types::server::MAX_REPLY);
        types::server::demux(&mut *server, request, reply)
    };
    answered.is_some() as i32
}

fn fresh(demux: Option<Demux>) {
    reset(demux);
    let mut plan = PLAN.lock().unwrap();
    plan.code = 0;
    plan.wrong.clear();
    std::mem::forget(plan.kept.take());
}

fn set_code(code: i32) {
    expect(0, 0, code);
    PLAN.lock().unwrap().code = code;
}

/// Right on the server, exact on the wire, nothing left over.
fn settled(what: &str) {
    let c = counters();
    is(wrong() + &PLAN.lock().unwrap().wrong, String::new(), what);
    is(
        (c.inexact, c.allocations, c.reply_ports),
        (0, 0, 0),
        "and nothing is left",
    );
}

fn scalars() -> Result<user::scalars_results, Code> {
    user::scalars(&Fake, &target(), 200, 60000, -5, 0x1122334455667788, 40)
}

fn test_scalars(demux: Option<Demux>) {
    fresh(demux);
    let r = scalars().unwrap();
    settled("scalars");
    ok(
        r.e == 42 && r.f == 255 && r.g == 65535 && r.h == 0xdeadbeef,
        "e f g h",
    );
    is(r.i, 0x1122334455667789, "i");
    is(counters().request_size, 56, "request size");
    is(counters().request_bits, 19 | 21 << 8, "bits of the header");
    set_code(1234);
    is(
        scalars().err(),
        Some(Code(1234)),
        "the server's code is returned",
    );
}

fn test_data(demux: Option<Demux>) {
    fresh(demux);
    let (a, b, c) = (rgb_t([1, 2, 3]), pair_t([10, 20, 30]), pair_t([1, 0, 3]));
    let r = user::structs(&Fake, &target(), a, b, c).unwrap();
    settled("structs");
    ok(
        r.c.0 == [1, 21, 3] && r.d.0 == [3, 2, 1] && r.e == b,
        "c d e",
    );
    let c = [1, 2, 3, 1 << 60];
    let d = [[1, 2, 3], [4, 5, 6]];
    let i = [4, 5, 6, 7];
    let r = user::fixed_arrays(&Fake, &target(), b"abcde", &[1, 2, 3], &c, &d, &i, b"12345");
    let r = r.unwrap();
    settled("fixed arrays");
    ok(
        &r.e == b"vwxyz" && r.f == [9; 3] && r.g == c && r.h == d,
        "e f g h",
    );
    ok(r.i == [9, 5, 6, 7] && &r.j == b"52345", "i j");
}

fn call_variable(count: usize) {
    let a: Vec<u32> = (1..=20).collect();
    let (mut f, mut h, mut i) = ([0; 11], [0; 7], [0; 20]);
    let (na, nc, nd) = (count % 21, count % 12, count % 8);
    expect(count as u32, 0, 0);
    let r = user::variable_arrays(
        &Fake,
        &target(),
        &a[..na],
        17,
        &[b'x'; 11][..nc],
        &[1 << 40; 7][..nd],
        99,
        &mut f,
        &mut h,
        &mut i,
    );
    let r = r.unwrap();
    let h: Vec<u64> = (0..nd as u64).map(|n| (1 << 40) + n).collect();
    ok(
        r.f == vec![b'y'; nc] && r.h == h && r.i.len() == na,
        "variable arrays",
    );
    ok(
        r.i.iter().zip(1..).all(|(&value, n)| value == 2 * n),
        "their elements",
    );
    ok(r.g == 100 && r.j == 7, "what is between");
    let size = 24 + 8 + 4 * 3 + 4 + 8 + na * 4 + (nc + 3) / 4 * 4 + nd * 8;
    is(
        counters().request_size as usize,
        size,
        "the message is as long as its arrays",
    );
    settled("they arrive");
}

fn test_variable_arrays(demux: Option<Demux>) {
    for count in 0..24 {
        fresh(demux);
        call_variable(count);
    }
    fresh(demux);
    expect(6, 0, 0);
    let (mut f, mut h, mut i) = ([0; 5], [0; 7], [0; 20]);
    let mut call = |a: &[u32]| {
        let c = b"xxxxxx";
        user::variable_arrays(&Fake, &target(), a, 17, c, &[], 99, &mut f, &mut h, &mut i).err()
    };
    is(
        call(&[1; 21]),
        Some(Code::ARRAY_TOO_LARGE),
        "more than the bound is not sent",
    );
    is(counters().request_size, 0, "indeed");
    is(
        call(&[1; 6]),
        Some(Code::ARRAY_TOO_LARGE),
        "a slice too short for the result",
    );
}

fn test_strings(demux: Option<Demux>) {
    let c = "123456789 123456789 123456789 123456789";
    let (mut f, mut g) = ([0; 40], [0; 40]);
    fresh(demux);
    let r = user::strings(&Fake, &target(), "fixed", b"", c, 12, &mut f, &mut g).unwrap();
    settled("strings");
    is(r.e.to_str(), Some("fifteen letters"), "e");
    ok(r.f == b"one" && r.g == c.as_bytes() && r.h == 13, "f g h");
    let size = counters().request_size;
    is(
        size,
        24 + 8 + 16 + 8 + 4 + 8 + 40 + 4,
        "strings are as long as they are",
    );
    let mut call =
        |a: &str, c: &str| user::strings(&Fake, &target(), a, "", c, 12, &mut f, &mut g).err();
    let long = c.to_string() + "0";
    is(
        call("fixed", &long),
        Some(Code::ARRAY_TOO_LARGE),
        "one that does not fit is not cut",
    );
    is(
        call("sixteen letters!", c),
        Some(Code::ARRAY_TOO_LARGE),
        "nor a fixed one",
    );
    is(
        call("fi\0ed", c),
        Some(Code::BAD_ARGUMENTS),
        "nor at a NUL inside",
    );
}

fn ports(c: Option<SendRight<Fake>>) -> Result<user::ports_results<Fake>, Code> {
    let (a, l) = (permanent(1), permanent(8));
    let (b, d) = (permanent(2), permanent(4));
    let g = permanent::<ReceiveRight<Fake>>(7);
    user::ports(
        &Fake,
        &target(),
        Some(&a),
        Some(&b),
        c,
        Some(&d),
        right(5),
        right(6),
        Sent::MakeSendOnce(g.lend()),
        Some(&l),
    )
}

fn test_ports(demux: Option<Demux>) {
    fresh(demux);
    let r = ports(right(3)).unwrap();
    settled("ports");
    let served = [
        (1, 17),
        (2, 17),
        (3, 17),
        (4, 18),
        (5, 18),
        (6, 16),
        (7, 18),
        (8, 17),
    ];
    match demux {
        None => is(released(), vec![], "what is moved is not the caller's"),
        Some(_) => is(
            released(),
            served.to_vec(),
            "what the server drops is released",
        ),
    }
    is(r.h.as_ref().map(Right::name), Some(11), "h");
    is(r.i.as_ref().map(Right::name), Some(12), "i");
    ok(
        matches!(&r.k, Some(AnyRight::Send(k)) if k.name() == 14),
        "k",
    );
    drop(r);
    let results = vec![(11, 17), (12, 18), (13, 16), (14, 17), (15, 17)];
    is(released(), results, "results are the caller's");
    is(counters().request_size, 28 + 8 * 12, "ports only: no NDR");
    let _ = ports(None);
    ok(
        !released().iter().any(|&(name, _)| name == 3),
        "a null port",
    );
}

fn test_port_arrays(demux: Option<Demux>) {
    let a = [permanent(1), permanent(2), permanent(3)];
    let b = [permanent::<ReceiveRight<Fake>>(4), permanent(5)];
    let lent = |n: usize| Some(SendRight::lend(&a[n]));
    let mut some = Ports::new();
    fresh(demux);
    for right in &b {
        some.push(Some(right.lend())).unwrap();
    }
    let r = user::port_arrays(&Fake, &target(), [lent(0), lent(1), lent(2)], some, 6);
    let mut r = r.unwrap();
    settled("arrays of ports");
    released();
    ok(
        r.d[0].as_ref().map(Right::name) == Some(1) && r.f == 10,
        "d f",
    );
    is(r.e.as_mut_slice().len(), 1, "e");
    drop(r);
    is(
        released(),
        vec![(1, 17), (2, 17), (3, 17), (9, 17)],
        "all are owned",
    );
}

fn memory(e: &mut [Option<SendRight<Fake>>]) -> Result<user::memory_results<Fake>, Code> {
    let f = [permanent(201), permanent(202)];
    let f = [Some(SendRight::lend(&f[0])), Some(SendRight::lend(&f[1]))];
    let d = Payload::Copy(&[1, 2, 1 << 50]);
    let a = Memory::copy_of(b"hello").unwrap();
    user::memory(&Fake, &target(), a, &[11, 22], &[b'c'; 64], d, e, &f)
}

fn test_memory(demux: Option<Demux>) {
    fresh(demux);
    let mut e = [right(101), right(102)];
    let r = memory(&mut e).unwrap();
    is(r.g.as_bytes(), &b"hello"[..], "memory: g");
    ok(r.h.array().iter().eq([1, 2, 1 << 50]), "h");
    is(r.i.len(), 2, "i");
    is(counters().allocations, 3, "moved to the caller");
    ok(
        e.iter().all(Option::is_none),
        "the rights of a slice are gone",
    );
    if demux.is_some() {
        is(
            released(),
            vec![(201, 17), (202, 17)],
            "what the server dropped",
        );
    }
    drop(r);
    settled("dropped");
    is(
        released(),
        vec![(101, 17), (102, 17)],
        "rights in memory too",
    );
    set_code(3);
    let mut e = [right(101), right(102)];
    is(
        memory(&mut e).err(),
        Some(Code(3)),
        "a server that refuses memory",
    );
    settled("is rid of it");
}

fn test_unsent() {
    fresh(None);
    for code in [0x10000003, 0x10000002 | 0x2000, 0x10000010] {
        fail_sends(code);
        let mut e = [right(101), right(102)];
        is(memory(&mut e).err(), Some(Code(code)), "not sent");
        is(
            e.iter().flatten().count(),
            2,
            "the rights of a slice are still there",
        );
        e.into_iter().for_each(std::mem::forget);
        is(ports(right(3)).err(), Some(Code(code)), "not sent");
        is(
            released(),
            vec![(3, 17), (5, 18), (6, 16)],
            "moved rights are given up, not lent",
        );
        settled("with all memory");
    }
    fail_sends(0x10000004);
    let mut e = [right(101), right(102)];
    is(memory(&mut e).err(), Some(Code(0x10000004)), "given back");
    ok(
        e.iter().all(Option::is_none),
        "then the rights of a slice are in the message",
    );
    let back = vec![(101, 17), (102, 17), (201, 17), (202, 17)];
    let (body, head): (Vec<_>, Vec<_>) = released().into_iter().partition(|r| r.0 < 300);
    is(body, back, "and given up");
    is(
        head,
        vec![(SERVER, 17), (REPLY, 18)],
        "as those of the header",
    );
    settled("with all memory");
    ok(
        counters().dead_replies == 1,
        "the reply port is not used again",
    );
}

fn test_room(demux: Option<Demux>) {
    let (mut a, mut b) = ([9; 5], [0; 100]);
    fresh(demux);
    expect(5, 0, 0);
    let r = user::room(&Fake, &target(), &mut a, &mut b).unwrap();
    ok(r.a == [0, 1, 2, 3, 4] && r.b == [b'b'; 11], "countinout");
    settled("the capacity arrives");
}

fn test_one_way(demux: Option<Demux>) {
    fresh(demux);
    is(
        user::one_way(&Fake, &target(), 5, "text"),
        Ok(()),
        "one way",
    );
    settled("it arrives");
    is(
        (counters().code, counters().option),
        (-305, 1),
        "without reply",
    );
    set_code(9);
    is(
        user::one_way(&Fake, &target(), 5, "text"),
        Ok(()),
        "an error of the server",
    );
    is(counters().code, 9, "is for who must destroy the request");
    is(
        user::late(&Fake, &target(), 30, &permanent(0x3003)),
        Ok(()),
        "late",
    );
    settled("its reply port arrives");
    is(
        (counters().timeout, counters().option),
        (30, 0x11),
        "with a time-out",
    );
    if demux.is_some() {
        ok(PLAN.lock().unwrap().kept.is_some(), "the method took it");
    }
}

fn test_options(demux: Option<Demux>) {
    fresh(demux);
    is(user::timed(&Fake, &target(), 70, 0x400, 3), Ok(3), "timed");
    is(
        (counters().timeout, counters().option),
        (70, 0x513),
        "time-out and options",
    );
    is(user::defaults(&Fake, &target()), Ok(()), "defaults");
    is(
        (counters().timeout, counters().option),
        (250, 0x553),
        "of statements",
    );
    is(counters().request_size, 24, "an empty request is a header");
    is(
        user::reply_port(&Fake, &target(), &permanent(0x4004)),
        Ok(1),
        "reply port",
    );
    is(counters().rcv_name, 0x4004, "the reply comes there");
    settled("all of it");
    is(
        user::no_reply(&Fake, &target(), 0),
        Err(Code(0x10004003)),
        "answered later",
    );
    is(counters().dead_replies, 1, "drops the reply port");
    is(
        user::no_reply(&Fake, &target(), 1),
        Err(Code::FAILURE),
        "or not",
    );
    let r = user::tokens(&Fake, &target()).unwrap();
    settled("tokens");
    ok(
        r.sum == 501 + 20 + 88 + 77 && r.them == [501, 20],
        "of request and reply",
    );
    let b = [2];
    is(
        user::copies(&Fake, &target(), &[1], &b),
        Ok(()),
        "lent memory",
    );
    settled("is freed");
}

fn test_translated() {
    fresh(Some(serve));
    let r = user::translated(&Fake, &target(), Some(&permanent(55)), 215, 17).unwrap();
    ok(r.b.is_some() && r.u == 225, "without translation");
    is(released(), vec![(55, 17)], "the server drops the right");
    fresh(None);
    let r = user::translated(&Fake, &target(), Some(&permanent(55)), 215, 17).unwrap();
    ok(
        r.b.as_ref().map(Right::name) == Some(56) && r.u == 225,
        "C translates",
    );
}

fn test_layout() {
    let m = std::mem::MaybeUninit::<types::wire::variable_arrays_request>::uninit();
    let base = m.as_ptr();
    let at = |field: *const u8| field as usize - base as usize;
    unsafe {
        is(
            at(std::ptr::addr_of!((*base).a) as *const u8),
            36,
            "offset of a",
        );
        is(
            at(std::ptr::addr_of!((*base).b) as *const u8),
            116,
            "offset of b",
        );
        is(
            at(std::ptr::addr_of!((*base).e) as *const u8),
            196,
            "offset of e",
        );
    }
}

fn main() {
    for demux in [None, Some(serve as Demux)] {
        println!(
            "# the server in {}",
            if demux.is_some() { "Rust" } else { "C" }
        );
        test_scalars(demux);
        test_data(demux);
        test_variable_arrays(demux);
        test_strings(demux);
        test_ports(demux);
        test_port_arrays(demux);
        test_memory(demux);
        test_room(demux);
        test_one_way(demux);
        test_options(demux);
    }
    println!("# the caller in C, the server in Rust");
    for which in 0..6 {
        fresh(Some(serve));
        expect(5, 0, 0);
        is(call_c(which), 0, "a call of C");
        settled("served in Rust");
    }
    test_unsent();
    test_translated();
    test_layout();
    forms_test::run();
    hostile::run(serve);
    println!("1..{}", COUNT.load(Ordering::Relaxed));
    std::process::exit((FAILED.load(Ordering::Relaxed) != 0) as i32);
}
