// SPDX-License-Identifier: BSD-2-Clause
//! Messages tampered with: every word in turn gets values that overflow, every
//! size is tried. Rust and C must say the same of each. A message's memory is
//! made anew for every try, so that it is there, whatever is done with it.

use crate::fake::*;
use crate::types::mig::{Memory, Payload, Ports, Right, Sent};
use crate::types::{server, user};
use crate::{is, ok, right};
use std::mem::ManuallyDrop;
use std::sync::Mutex;

const TRAILER: usize = 60;

/// How a message is changed on its way.
#[derive(Clone, Copy, Debug)]
enum Change {
    Nothing,
    Word(usize, u32),
    Size(usize),
}

static CHANGE: Mutex<Change> = Mutex::new(Change::Nothing);
static SEEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_ne_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_ne_bytes());
}

/// The message changed, its trailer behind it.
fn changed(message: &[u8], change: Change) -> Vec<u8> {
    let size = message.len() - TRAILER;
    let mut bytes = message.to_vec();
    match change {
        Change::Word(at, value) => put(&mut bytes, at, value),
        Change::Size(new) => {
            bytes = message[..size.min(new)].to_vec();
            bytes.resize(new, 0);
            bytes.extend_from_slice(&message[size..]);
            put(&mut bytes, 4, new as u32);
        }
        Change::Nothing => {}
    }
    bytes
}

fn message_at(message: *mut u8) -> Vec<u8> {
    unsafe {
        let size = (message as *const u32).add(1).read_unaligned() as usize;
        std::slice::from_raw_parts(message, size + TRAILER).to_vec()
    }
}

extern "C" fn watch(message: *mut u8) -> *mut u8 {
    *SEEN.lock().unwrap() = message_at(message);
    message
}

extern "C" fn change(message: *mut u8) -> *mut u8 {
    let bytes = changed(&message_at(message), *CHANGE.lock().unwrap());
    unsafe {
        free(message);
        let copy = malloc(bytes.len());
        copy.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        copy
    }
}

fn target() -> ManuallyDrop<crate::types::mig::SendRight<Fake>> {
    ManuallyDrop::new(right(SERVER).unwrap())
}

/// The same calls as rust_peer.c's; what comes back is not released.
fn call_rust(which: i32) -> i32 {
    let (mut b11, mut b40, mut c40) = ([0; 11], [0; 40], [0; 40]);
    let (mut h, mut i) = ([0; 7], [0; 20]);
    let t = target();
    let result = match which {
        0 => user::scalars(&Fake, &t, 200, 60000, -5, 0x1122334455667788, 40).map(|_| ()),
        1 => {
            let (a, c, d) = ([1, 2, 3, 4, 5], b"xxxxx", [1 << 40; 5]);
            user::variable_arrays(&Fake, &t, &a, 17, c, &d, 99, &mut b11, &mut h, &mut i)
                .map(|_| ())
        }
        2 => {
            let c = "123456789 123456789 123456789 123456789";
            user::strings(&Fake, &t, "fixed", "", c, 12, &mut b40, &mut c40).map(|_| ())
        }
        3 => call_ports().map(|_| ()),
        4 => call_port_arrays().map(|_| ()),
        5 => user::tokens(&Fake, &t).map(|_| ()),
        _ => call_memory(),
    };
    result.err().map_or(0, |code| code.0)
}

fn lent<R: Right>(name: u32) -> Option<ManuallyDrop<R>> {
    right(name).map(ManuallyDrop::new)
}

fn call_ports() -> Result<(), crate::types::mig::Code> {
    let (a, b, d, l) = (lent(1), lent(2), lent(4), lent(8));
    let g = Sent::MakeSendOnce(right(7).unwrap());
    user::ports(
        &Fake,
        &target(),
        a.as_deref(),
        b.as_deref(),
        right(3),
        d.as_deref(),
        right(5),
        right(6),
        g,
        l.as_deref(),
    )
    .map(|_| ())
}

fn call_port_arrays() -> Result<(), crate::types::mig::Code> {
    let mut b = Ports::new();
    b.push(right(4))?;
    b.push(right(5))?;
    user::port_arrays(&Fake, &target(), [right(1), right(2), right(3)], b, 6).map(|_| ())
}

fn call_memory() -> Result<(), crate::types::mig::Code> {
    let (d, a) = (Payload::Copy(&[1, 2, 1 << 50]), Memory::copy_of(b"hello")?);
    let (mut e, f) = ([right(101), right(102)], [right(201), right(202)]);
    user::memory(&Fake, &target(), a, &[11, 22], &[b'c'; 64], d, &mut e, &f).map(|_| ())
}

/// The words that addresses and sizes of memory are in.
fn of_memory(message: &[u8]) -> Vec<usize> {
    let mut words = Vec::new();
    let count = if word(message, 0) >> 31 != 0 {
        word(message, 24)
    } else {
        0
    };
    let mut at = 28;
    for _ in 0..count {
        if at + 16 > message.len() {
            break;
        }
        if message[at + 11] == 0 {
            at += 12;
        } else {
            words.extend([at, at + 4]);
            at += 16;
        }
    }
    words
}

/// Memory for every descriptor, larger than any may say.
fn with_memory(message: &mut [u8], fill: u8) {
    for &at in of_memory(message).iter().step_by(2) {
        let memory = unsafe {
            let memory = malloc(0x2000);
            memory.write_bytes(fill, 0x2000);
            memory
        };
        message[at..at + 8].copy_from_slice(&(memory as u64).to_ne_bytes());
    }
}

fn aligned(bytes: &[u8]) -> Vec<u64> {
    let mut words = vec![0u64; bytes.len() / 8 + 1];
    for (word, chunk) in words.iter_mut().zip(bytes.chunks(8)) {
        let mut all = [0; 8];
        all[..chunk.len()].copy_from_slice(chunk);
        *word = u64::from_ne_bytes(all);
    }
    words
}

/// What a server says of a request, and its reply.
fn verdict(demux: Demux, request: &[u8]) -> (i32, Vec<u8>) {
    let mut request = aligned(request);
    let mut reply = vec![0u64; server::MAX_REPLY / 8 + 1];
    demux(
        request.as_mut_ptr() as *mut u8,
        reply.as_mut_ptr() as *mut u8,
    );
    let mut bytes: Vec<u8> = reply.iter().flat_map(|word| word.to_ne_bytes()).collect();
    let complex = word(&bytes, 0) >> 31 != 0;
    let code = if complex { 0 } else { word(&bytes, 32) as i32 };
    bytes.truncate(word(&bytes, 4) as usize);
    (code, bytes)
}

extern "C" fn serve_c(request: *mut u8, reply: *mut u8) -> i32 {
    unsafe { types_server(request, reply) }
}

/// Is the change one that both servers can be shown? Not what makes memory
/// larger than it is without its count noticing.
fn changes(message: &[u8]) -> Vec<Change> {
    let size = message.len() - TRAILER;
    let skip = of_memory(message);
    let mut all = vec![Change::Nothing];
    for at in (0..size + 12)
        .step_by(4)
        .filter(|at| *at != 4 && !skip.contains(at))
    {
        let old = word(message, at);
        let values = [0, 1, 2, 3, 12, 21, 41, 0x7fffffff, 0x80000000, 0xffffffff];
        let near = [
            old.wrapping_add(1),
            old.wrapping_sub(1),
            old ^ 0x10000,
            old ^ 0x1000000,
        ];
        all.extend(
            values
                .iter()
                .chain(&near)
                .map(|&value| Change::Word(at, value)),
        );
    }
    all.extend((24..size + 40).map(Change::Size));
    all
}

/// The request of a call, changed, for a server in C and one in Rust; `alike`
/// are those that answer the same to what they accept.
pub fn test_requests(what: &str, call: &dyn Fn(), servers: (Demux, Demux), alike: bool) {
    let (mut refused, mut passed, mut differ) = (0, 0, 0);
    hooks(Some(watch), None);
    call();
    let message = SEEN.lock().unwrap().clone();
    for change in changes(&message) {
        for fill in [0, b'n'] {
            let mut bytes = changed(&message, change);
            with_memory(&mut bytes, fill);
            let c = verdict(servers.0, &bytes);
            with_memory(&mut bytes, fill);
            let rust = verdict(servers.1, &bytes);
            if c.0 != rust.0 || (alike && c.1[24..] != rust.1[24..]) {
                differ += 1;
                println!("# {change:?} {fill}: C {}, Rust {}", c.0, rust.0);
            }
            match c.0 {
                0 | -305 => passed += 1,
                _ => refused += 1,
            }
        }
    }
    is(differ, 0, &format!("requests: {what}"));
    ok(refused > 40 && passed > 0, "some are refused, some are not");
}

/// A port made an array of ports, which would be looked for in memory.
fn is_array(message: &[u8], change: Change) -> bool {
    let complex = word(message, 0) >> 31 != 0;
    match change {
        Change::Word(at, value) => complex && at % 12 == 0 && value >> 24 == 2,
        _ => false,
    }
}

fn test_replies(which: i32, what: &str) {
    let (mut refused, mut passed, mut differ) = (0, 0, 0);
    crate::fresh(None);
    expect(5, 0, 0);
    hooks(None, Some(watch));
    call_c(which);
    let message = SEEN.lock().unwrap().clone();
    for one in changes(&message) {
        if is_array(&message, one) {
            continue;
        }
        *CHANGE.lock().unwrap() = one;
        hooks(None, Some(change));
        let (c, rust) = (call_c(which), call_rust(which));
        if c != rust {
            differ += 1;
            println!("# {what} {one:?}: C {c}, Rust {rust}");
        }
        if c == 0 {
            passed += 1;
        } else {
            refused += 1;
        }
    }
    is(differ, 0, what);
    ok(refused > 40 && passed > 0, "some are refused, some are not");
}

pub fn run(serve: Demux) {
    let names = [
        "scalars",
        "variable arrays",
        "strings",
        "ports",
        "arrays of ports",
        "tokens",
        "memory",
    ];
    for (which, name) in (0..).zip(names) {
        let call = || {
            call_rust(which);
        };
        crate::fresh(None);
        expect(5, 0, 0);
        test_requests(name, &call, (serve_c, serve), which < 5);
        if which < 6 {
            test_replies(which, &format!("replies: {name}"));
        }
    }
}
