// SPDX-License-Identifier: BSD-2-Clause
//! Servers of forms.defs and untyped.defs in Rust, called in Rust and in C; and
//! a server's loop, which receives and answers by itself.

use crate::fake::*;
use crate::server::right;
use crate::types::mig::*;
use crate::{forms, is, ok, permanent, settled, target, untyped};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, Ordering};

struct Both;
type In<'a> = &'a mut Call<Fake>;
type Send = SendRight<Fake>;

/// What was sent is what came, unless it was tampered with.
fn good(condition: bool, what: &str) {
    if !TAMPERED.load(Ordering::Relaxed) {
        ok(condition, what);
    }
}

static TAMPERED: AtomicBool = AtomicBool::new(false);

#[allow(clippy::too_many_arguments)]
impl forms::server::Server for Both {
    type Transport = Fake;

    fn numbers(
        &mut self,
        _: In,
        _: Name,
        a: i32,
        b: i64,
        c: Option<Send>,
        d: Ports<Send, 3>,
        e: forms::types::flags_t,
        f: [u8; 2],
        g: i8,
        i: i16,
        x: i32,
    ) -> Result<forms::server::numbers_results, Code> {
        good(
            c.is_some() && d.len() == 2 && e.0 == [6, 7] && f == [8, 9],
            "c d e f",
        );
        good(a == -2 && g == -10 && i == -12 && x == 13, "a g i x");
        let j = forms::types::flags_t([e.0[1], e.0[0]]);
        Ok(forms::server::numbers_results {
            h: a.wrapping_sub(1),
            i: -300,
            j,
            k: b.wrapping_add(1),
        })
    }

    fn labels(
        &mut self,
        _: In,
        _: Name,
        a: &[u8],
        b: &[u8],
        r: f64,
    ) -> Result<forms::server::labels_results, Code> {
        good(a == b"label", "a");
        Ok(forms::server::labels_results {
            c: Text::new(b)?,
            s: r * 2.0,
        })
    }

    fn trailers(&mut self, _: In, _: Name, a: u32, c: u64, f: [u32; 8]) -> Result<i32, Code> {
        good(
            a == 77 && c == 0x123456789abcdef && f[7] == 88,
            "of the request's trailer",
        );
        Ok(5)
    }

    fn notes(
        &mut self,
        _: In,
        _: Name,
        a: Memory<Fake, u8>,
        b: Memory<Fake, u8>,
        c: i32,
    ) -> Result<forms::server::notes_results<Fake>, Code> {
        good(a.len() == 4001 && a.as_text() == [b'n'; 4000], "a");
        good(b.len() == 32 && b.as_text() == b"ace" && c == 7, "b c");
        Ok(forms::server::notes_results {
            d: a,
            e: Memory::text("card", 32)?,
        })
    }

    fn drop_late(
        &mut self,
        _: In,
        _: Name,
        _: Memory<Fake, u8>,
        _: Option<Send>,
    ) -> Result<(), Code> {
        Ok(())
    }

    fn drop(&mut self, _: In, _: Name, a: Memory<Fake, u8>, _: Option<Send>) -> Result<i32, Code> {
        Ok(a.len() as i32)
    }

    fn large(
        &mut self,
        _: In,
        _: Name,
        a: Array<'_, u32>,
        b: &mut ListSlot<'_, u32>,
    ) -> Result<(), Code> {
        a.iter().try_for_each(|value| b.push(value + 1))
    }

    fn small(&mut self, _: In, _: Name, a: i32) -> Result<(), Code> {
        Err(Code(a))
    }

    fn large_once(&mut self, _: In, _: Name, _: i32) -> Result<(), Code> {
        Ok(())
    }
}

#[allow(clippy::too_many_arguments)]
impl untyped::server::Server for Both {
    type Transport = Fake;

    fn same(
        &mut self,
        _: In,
        _: Name,
        x: Array<'_, u32>,
        a: Array<'_, u32>,
        b: &[u8],
        c: Ports<Send, 4>,
        d: Memory<Fake, u8>,
        e: Rights<Fake, Send>,
        y: Array<'_, u64>,
        z: i32,
        g: &mut ListSlot<'_, u64>,
        h: &mut ListSlot<'_, u8>,
    ) -> Result<untyped::server::same_results<'_, Fake>, Code> {
        let n = a.len();
        good([b.len(), c.len(), d.len(), e.len()] == [n; 4], "one count");
        good(x.len() == 2 && y.get(2) == Some(1 << 33) && z == 5, "x y z");
        let mut f = Ports::new();
        for i in 0..n {
            f.push(right(8 + i as Name))?;
            g.push(1 << (40 + i))?;
        }
        h.extend(if x.get(0) == Some(9) {
            b"too many"
        } else {
            &b"zzzz"[..n]
        })?;
        Ok(untyped::server::same_results {
            f,
            i: Memory::copy_of(&b"1234"[..n])?,
            j: -3,
        })
    }

    fn same_room(
        &mut self,
        _: In,
        _: Name,
        a: &mut ListSlot<'_, u32>,
        b: &mut ListSlot<'_, u64>,
        c: &mut ListSlot<'_, u8>,
    ) -> Result<(), Code> {
        good(
            [a.capacity(), b.capacity(), c.capacity()] == [3; 3],
            "the caller's room",
        );
        let n = a.capacity().min(2);
        a.extend(&[1, 2][..n])?;
        b.extend(&[3, 4][..n])?;
        c.extend(&b"56"[..n])
    }

    fn same_once(&mut self, _: In, _: Name, a: Rights<Fake, Send>, b: &[u8]) -> Result<(), Code> {
        good(a.len() == 2 && b == b"ab", "a simpleroutine");
        Ok(())
    }
}

/// One of the two answers, whose id it is.
extern "C" fn serve(request: *mut u8, reply: *mut u8) -> i32 {
    unsafe {
        let size = (request as *const u32).add(1).read_unaligned() as usize;
        let request = std::slice::from_raw_parts_mut(request, size + 60);
        let reply = std::slice::from_raw_parts_mut(reply, 1024);
        let mut found = forms::server::demux(&mut Both, request, reply);
        if found.is_none() {
            found = untyped::server::demux(&mut Both, request, reply);
        }
        found.is_some() as i32
    }
}

extern "C" {
    fn forms_notes(
        server: Name,
        a: *const u8,
        b: *const u8,
        c: i32,
        d: *mut *mut u8,
        e: *mut *mut u8,
    ) -> i32;
    fn untyped_same_room(
        server: Name,
        a: *mut u32,
        count: *mut u32,
        b: *mut u64,
        c: *mut u8,
    ) -> i32;
    fn untyped_same_once(server: Name, a: *const Name, count: u32, b: *const u8) -> i32;
}

fn test_forms() {
    let (e, c) = (forms::types::flags_t([6, 7]), permanent(3));
    let mut d = Ports::new();
    reset(Some(serve));
    d.push(right(4)).unwrap();
    d.push(right(5)).unwrap();
    let r = forms::user::numbers(
        &Fake,
        &target(),
        -2,
        1 << 40,
        Some(&c),
        d,
        e,
        &[8, 9],
        -10,
        -12,
        13,
    );
    let r = r.unwrap();
    ok(
        r.h == -3 && r.i == -300 && r.j.0 == [7, 6] && r.k == (1 << 40) + 1,
        "h i j k",
    );
    let r = forms::user::labels(&Fake, &target(), "label", "eleven char", 1.5).unwrap();
    ok(r.c.as_bytes() == b"eleven char" && r.s == 3.0, "c s");
    let r = forms::user::trailers(&Fake, &target()).unwrap();
    ok(
        r.b == [501, 20] && r.d == 77 && r.e == 0x123456789abcdef,
        "of the reply's trailer",
    );
    let r = forms::user::notes(&Fake, &target(), &[b'n'; 4000], "ace", 7).unwrap();
    ok(
        r.d.as_text() == [b'n'; 4000] && r.e.as_text() == b"card",
        "strings in memory",
    );
    drop(r);
    let long = forms::user::notes(&Fake, &target(), &[b'n'; 5000], "ace", 7).err();
    is(long, Some(Code::ARRAY_TOO_LARGE), "one that is too long");
    let mut b = [0; 100];
    is(
        forms::user::large(&Fake, &target(), &[1; 90], &mut b),
        Ok(&[2; 90][..]),
        "off the stack",
    );
    is(
        forms::user::small(&Fake, &target(), 0).err(),
        Some(Code::FAILURE),
        "an error of no code",
    );
    settled("forms in Rust");
    let (mut d, mut e) = (std::ptr::null_mut(), std::ptr::null_mut());
    let mut a = [b'n'; 4001];
    a[4000] = 0;
    let mut text = [0; 32];
    text[..3].copy_from_slice(b"ace");
    unsafe {
        let code = forms_notes(SERVER, a.as_ptr(), text.as_ptr(), 7, &mut d, &mut e);
        is(code, 0, "C's strings in memory");
        is(counters().allocations, 2, "are C's now");
        Fake::deallocate(d, 4001);
        Fake::deallocate(e, 32);
    }
}

fn same(x: &[u32], n: usize) -> Result<(), Code> {
    let names: [Send; 4] = [7, 8, 9, 10].map(|name| right(name).unwrap());
    let names = ManuallyDrop::new(names);
    let lent: Vec<_> = names[..n].iter().map(|right| Some(right.lend())).collect();
    let (mut c, mut g, mut h) = (Ports::new(), [0; 5], [0; 9]);
    for right in &lent {
        c.push(*right)?;
    }
    let (a, y) = ([0, 3, 6, 9], [0, 0, 1 << 33]);
    let (b, d) = (&b"abcd"[..n], &b"ABCD"[..n]);
    let r = untyped::user::same(
        &Fake,
        &target(),
        x,
        &a[..n],
        b,
        c,
        d,
        &lent,
        &y,
        5,
        &mut g,
        &mut h,
    )?;
    ok(
        r.f.len() == n && r.g.len() == n && r.h == &b"zzzz"[..n] && r.j == -3,
        "f g h j",
    );
    is(r.i.as_bytes(), &b"1234"[..n], "i");
    Ok(())
}

fn test_untyped() {
    reset(Some(serve));
    for n in 0..=4 {
        is(same(&[1, 2], n), Ok(()), "arrays of one count");
        settled("in Rust");
    }
    is(
        same(&[9, 2], 3),
        Err(Code::BAD_ARGUMENTS),
        "a slot of another count",
    );
    settled("nothing is left of it");
    let e = [None, None];
    let two = untyped::user::same_once(&Fake, &target(), &e, b"abc");
    is(two, Err(Code::BAD_ARGUMENTS), "a slice of another");
    is(
        untyped::user::same_once(&Fake, &target(), &e, b"ab"),
        Ok(()),
        "one way",
    );
    let (mut a, mut b, mut c) = ([0; 6], [0; 3], [0; 9]);
    let r = untyped::user::same_room(&Fake, &target(), &mut a, &mut b, &mut c).unwrap();
    ok(
        r.a == [1, 2] && r.b == [3, 4] && r.c == b"56",
        "the least room",
    );
    unsafe {
        let mut count = 3;
        let code = untyped_same_room(
            SERVER,
            a.as_mut_ptr(),
            &mut count,
            b.as_mut_ptr(),
            c.as_mut_ptr(),
        );
        ok(code == 0 && count == 2 && b[1] == 4, "from C");
        is(
            untyped_same_once(SERVER, [1, 2].as_ptr(), 2, b"ab".as_ptr()),
            0,
            "one way from C",
        );
    }
    settled("as in C");
}

/// A request of `words` after the header, its trailer behind it.
fn queue(id: i32, local: Name, words: &[u32]) {
    let size = 24 + words.len() as u32 * 4;
    let header = [18 | 17 << 8, size, 0x5005, local, 0, id as u32];
    let mut trailer = [0; 15];
    trailer[1] = 60;
    let all = header.iter().chain(words).chain(&trailer);
    *QUEUE.lock().unwrap() = (
        all.flat_map(|word| word.to_ne_bytes()).collect(),
        Vec::new(),
    );
}

fn answer() -> Vec<u32> {
    let bytes = QUEUE.lock().unwrap().1.clone();
    bytes
        .chunks(4)
        .map(|word| u32::from_ne_bytes(word.try_into().unwrap()))
        .collect()
}

fn test_loop() {
    let mut server = ManuallyDrop::new(crate::server::Types::new());
    let mut once = || crate::types::server::serve_one(&Fake, &mut *server, SERVER);
    reset(None);
    is(once(), Err(Code(0x10004003)), "nothing to receive");
    queue(5014, SERVER, &[0, 1, 3]);
    is(once(), Ok(()), "a request");
    is(
        answer(),
        vec![18, 40, 0x5005, 0, 0, 5114, 0, 1, 0, 3],
        "is answered",
    );
    is(released(), vec![], "the reply has the right to reply");
    queue(5014, SERVER, &[0, 1]);
    is(once(), Ok(()), "a short one");
    is(answer()[8] as i32, -304, "is refused");
    queue(5099, SERVER, &[]);
    is(once(), Ok(()), "an unknown one");
    is(answer()[8] as i32, -303, "too");
    is(released(), vec![], "and nothing is given up twice");
    queue(5020, SERVER, &[0, 1, 0]);
    is(once(), Ok(()), "one that is answered later");
    ok(answer().is_empty(), "is not answered now");
    is(released(), vec![], "and the method has the right");
}

extern "C" fn serve_c(request: *mut u8, reply: *mut u8) -> i32 {
    unsafe {
        match forms_server(request, reply) {
            0 => untyped_server(request, reply),
            found => found,
        }
    }
}

/// The same requests, tampered with, for the C servers of forms_test.c and
/// untyped_test.c.
fn test_hostile() {
    let numbers = || {
        let d = Ports::new();
        let e = forms::types::flags_t([6, 7]);
        let r = forms::user::numbers(&Fake, &target(), -2, 1, None, d, e, &[8, 9], -10, -12, 13);
        drop(r)
    };
    let labels = || {
        drop(forms::user::labels(
            &Fake,
            &target(),
            "label",
            "eleven char",
            1.5,
        ))
    };
    let trailers = || drop(forms::user::trailers(&Fake, &target()));
    let notes = || {
        drop(forms::user::notes(
            &Fake,
            &target(),
            &[b'n'; 4000],
            "ace",
            7,
        ))
    };
    let same = || {
        let _ = same(&[1, 2], 3);
    };
    let same_room = || {
        let (mut a, mut b, mut c) = ([0; 3], [0; 3], [0; 3]);
        drop(untyped::user::same_room(
            &Fake,
            &target(),
            &mut a,
            &mut b,
            &mut c,
        ));
    };
    let same_once = || {
        let _ = untyped::user::same_once(&Fake, &target(), &[None, None], b"ab");
    };
    let calls: [(&str, &dyn Fn()); 7] = [
        ("numbers", &numbers),
        ("labels", &labels),
        ("trailers", &trailers),
        ("strings in memory", &notes),
        ("one count", &same),
        ("room for one count", &same_room),
        ("one count, one way", &same_once),
    ];
    TAMPERED.store(true, Ordering::Relaxed);
    for (what, call) in calls {
        reset(Some(serve));
        crate::hostile::test_requests(what, call, (serve_c, serve), false);
    }
    TAMPERED.store(false, Ordering::Relaxed);
}

pub fn run() {
    test_forms();
    test_untyped();
    test_loop();
    test_hostile();
}
