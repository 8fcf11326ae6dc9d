// SPDX-License-Identifier: BSD-2-Clause
//! The server of types.defs in Rust: what types_impl.c does.

use crate::fake::{Fake, SERVER};
use crate::types::mig::*;
use crate::types::server::*;
use crate::types::types::{pair_t, rgb_t};
use std::sync::Mutex;

/// What is checked and done besides, and what was seen.
pub struct Plan {
    pub code: i32,
    pub wrong: String,
    pub kept: Option<AnyRight<Fake>>,
}

pub static PLAN: Mutex<Plan> = Mutex::new(Plan {
    code: 0,
    wrong: String::new(),
    kept: None,
});

pub struct Types {
    send: SendRight<Fake>,
    receive: ReceiveRight<Fake>,
}

impl Types {
    pub fn new() -> Self {
        unsafe {
            Types {
                send: Right::from_name(15).unwrap(),
                receive: Right::from_name(12).unwrap(),
            }
        }
    }
}

fn check(condition: bool, what: &str) {
    let mut plan = PLAN.lock().unwrap();
    if !condition && plan.wrong.is_empty() {
        plan.wrong = what.to_string();
    }
}

fn code() -> Result<(), Code> {
    match PLAN.lock().unwrap().code {
        0 => Ok(()),
        code => Err(Code(code)),
    }
}

fn name<R: Right>(right: &Option<R>) -> Name {
    right.as_ref().map_or(0, Right::name)
}

pub fn right<R: Right>(name: Name) -> Option<R> {
    unsafe { R::from_name(name) }
}

type In<'a> = &'a mut Call<Fake>;

#[allow(clippy::too_many_arguments)]
impl Server for Types {
    type Transport = Fake;

    fn scalars(
        &mut self,
        call: In,
        server: Name,
        a: u8,
        b: u16,
        c: i32,
        d: u64,
        e: i32,
    ) -> Result<scalars_results, Code> {
        check(server == SERVER && call.id == 5000, "server port");
        check(a == 200 && b == 60000 && c == -5, "a b c");
        check(d == 0x1122334455667788 && e == 40, "d e");
        code()?;
        let e = e.wrapping_add(2);
        Ok(scalars_results {
            e,
            f: 255,
            g: 65535,
            h: 0xdeadbeef,
            i: d.wrapping_add(1),
        })
    }

    fn structs(
        &mut self,
        _: In,
        _: Name,
        a: rgb_t,
        b: pair_t,
        mut c: pair_t,
    ) -> Result<structs_results, Code> {
        check(a == rgb_t([1, 2, 3]) && b == pair_t([10, 20, 30]), "a b");
        c.0[1] = c.0[0].wrapping_add(b.0[1]);
        Ok(structs_results {
            c,
            d: rgb_t([a.0[2], a.0[1], a.0[0]]),
            e: b,
        })
    }

    fn fixed_arrays(
        &mut self,
        _: In,
        _: Name,
        a: [u8; 5],
        b: [u16; 3],
        c: [u64; 4],
        d: [[u16; 3]; 2],
        mut i: [u64; 4],
        mut j: [u8; 5],
    ) -> Result<fixed_arrays_results, Code> {
        check(
            &a == b"abcde" && b[2] == 3 && c[3] == 1 << 60 && d[1][2] == 6,
            "a b c d",
        );
        i[0] = i[0].wrapping_add(i[1]);
        j[0] = j[4];
        Ok(fixed_arrays_results {
            e: *b"vwxyz",
            f: [9; 3],
            g: c,
            h: d,
            i,
            j,
        })
    }

    fn variable_arrays(
        &mut self,
        _: In,
        _: Name,
        a: Array<'_, u32>,
        b: i32,
        c: &[u8],
        d: Array<'_, u64>,
        e: u64,
        f: &mut ListSlot<'_, u8>,
        h: &mut ListSlot<'_, u64>,
        i: &mut ListSlot<'_, u32>,
    ) -> Result<variable_arrays_results, Code> {
        check(b == 17 && e == 99, "b e");
        check(a.iter().zip(1..).all(|(value, n)| value == n), "a");
        check(c.iter().all(|&byte| byte == b'x'), "c");
        check(d.iter().all(|value| value == 1 << 40), "d");
        check(
            f.capacity() == 11 && h.capacity() == 7 && i.capacity() == 20,
            "capacities",
        );
        f.fill(|bytes| {
            bytes[..c.len()].fill(b'y');
            c.len()
        });
        for (n, value) in d.iter().enumerate() {
            h.push(value.wrapping_add(n as u64))?;
        }
        for n in 0..a.len() {
            i.push(a.get(n).unwrap().wrapping_mul(2))?;
        }
        check(a.len() < 20 || i.push(0).is_err(), "no more than the bound");
        Ok(variable_arrays_results {
            g: e.wrapping_add(1),
            j: 7,
        })
    }

    fn strings(
        &mut self,
        _: In,
        _: Name,
        a: &[u8],
        b: &[u8],
        c: &[u8],
        d: i32,
        f: &mut TextSlot<'_>,
        g: &mut TextSlot<'_>,
    ) -> Result<strings_results, Code> {
        check(
            a == b"fixed" && b.is_empty() && c.len() == 39 && d == 12,
            "a b c d",
        );
        check(
            Text::<16>::new("sixteen letters!").is_err(),
            "no room for the NUL",
        );
        check(f.set("one\0two").is_err(), "no NUL inside");
        f.set("one")?;
        g.set(c)?;
        Ok(strings_results {
            e: Text::new("fifteen letters")?,
            h: 13,
        })
    }

    fn ports(
        &mut self,
        _: In,
        _: Name,
        a: Option<SendRight<Fake>>,
        b: Option<SendRight<Fake>>,
        c: Option<SendRight<Fake>>,
        d: Option<SendOnceRight<Fake>>,
        e: Option<SendOnceRight<Fake>>,
        f: Option<ReceiveRight<Fake>>,
        g: Option<AnyRight<Fake>>,
        l: Option<SendRight<Fake>>,
    ) -> Result<ports_results<'_, Fake>, Code> {
        let all = [
            name(&a),
            name(&b),
            name(&c),
            name(&d),
            name(&e),
            name(&f),
            name(&l),
        ];
        check(all == [1, 2, 3, 4, 5, 6, 8], "a-f l");
        check(
            matches!(&g, Some(AnyRight::SendOnce(right)) if right.name() == 7),
            "g",
        );
        Ok(ports_results {
            h: right(11),
            i: Some(self.receive.lend()),
            j: right(13),
            k: Sent::MakeSend(unsafe { Right::from_name(14).unwrap() }),
            l: Some(self.send.lend()),
        })
    }

    fn port_arrays(
        &mut self,
        _: In,
        _: Name,
        a: [Option<SendRight<Fake>>; 3],
        mut b: Ports<SendRight<Fake>, 4>,
        c: i32,
    ) -> Result<port_arrays_results<'_, Fake>, Code> {
        check(name(&a[0]) == 1 && name(&a[2]) == 3 && c == 6, "a c");
        check(b.len() == 2 && name(&b.as_mut_slice()[1]) == 5, "b");
        let mut e = Ports::new();
        e.push(right(9))?;
        let d = [0, 1, 2].map(|n| right(name(&a[n])));
        Ok(port_arrays_results { d, e, f: 10 })
    }

    fn memory(
        &mut self,
        _: In,
        _: Name,
        a: Memory<Fake, u8>,
        b: Memory<Fake, u32>,
        c: Memory<Fake, u8>,
        d: Memory<Fake, u64>,
        mut e: Rights<Fake, SendRight<Fake>>,
        f: Rights<Fake, SendRight<Fake>>,
    ) -> Result<memory_results<Fake>, Code> {
        check(
            a.as_bytes() == b"hello" && b.array().get(1) == Some(22),
            "a b",
        );
        check(c.len() == 64 && c.as_bytes()[63] == b'c', "c");
        check(d.array().iter().eq([1, 2, 1 << 50]), "d");
        let second = e.take(1);
        check(e.len() == 2 && name(&second) == 102 && f.len() == 2, "e f");
        e.replace(1, second);
        code()?;
        Ok(memory_results { g: a, h: d, i: e })
    }

    fn room(
        &mut self,
        _: In,
        _: Name,
        a: &mut ListSlot<'_, u32>,
        b: &mut ListSlot<'_, u8>,
    ) -> Result<(), Code> {
        check(b.capacity() == 11, "room for b is the bound");
        for n in 0..a.capacity() {
            a.push(n as u32)?;
        }
        check(a.push(0) == Err(Code::ARRAY_TOO_LARGE), "room for a");
        b.extend(&[b'b'; 11])
    }

    fn one_way(&mut self, _: In, _: Name, value: i32, text: &[u8]) -> Result<(), Code> {
        check(value == 5 && text == b"text", "one_way");
        code()
    }

    fn tokens(
        &mut self,
        _: In,
        _: Name,
        who: [u32; 2],
        audit: [u32; 8],
        seq: u32,
        context: u64,
    ) -> Result<i32, Code> {
        check(context == 0x123456789abcdef, "context");
        let sum = who[0].wrapping_add(who[1]).wrapping_add(audit[7]);
        Ok(sum.wrapping_add(seq) as i32)
    }

    fn timed(&mut self, _: In, _: Name, a: i32) -> Result<i32, Code> {
        Ok(a)
    }

    fn late(&mut self, call: In, _: Name) -> Result<(), Code> {
        let reply = call.take_reply();
        check(
            matches!(&reply, Some(AnyRight::SendOnce(to)) if to.name() == 0x3003),
            "to",
        );
        PLAN.lock().unwrap().kept = reply;
        Ok(())
    }

    fn reply_port(&mut self, call: In, _: Name) -> Result<i32, Code> {
        check(call.request_disposition == 17, "a send right");
        Ok(1)
    }

    fn translated(
        &mut self,
        _: In,
        _: Name,
        a: Option<SendRight<Fake>>,
        t: i32,
        n: u32,
    ) -> Result<translated_results<'_, Fake>, Code> {
        check(name(&a) == 55 && t == 215 && n == 17, "a t n");
        Ok(translated_results {
            b: Some(self.send.lend()),
            u: t + 10,
        })
    }

    fn copies(
        &mut self,
        _: In,
        _: Name,
        a: Memory<Fake, u32>,
        b: Array<'_, u32>,
    ) -> Result<(), Code> {
        check(a.array().iter().eq([1]) && b.iter().eq([2]), "a b");
        Ok(())
    }

    fn defaults(&mut self, _: In, _: Name) -> Result<(), Code> {
        Ok(())
    }

    fn no_reply(&mut self, call: In, _: Name, fail: i32) -> Result<(), Code> {
        if fail != 0 {
            return Err(Code::FAILURE);
        }
        PLAN.lock().unwrap().kept = call.take_reply();
        Ok(())
    }
}
