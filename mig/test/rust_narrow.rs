// SPDX-License-Identifier: BSD-2-Clause
//! Messages of untyped-ilp32: a call from the caller's function to the server's
//! trait, whose bytes are compared with what the format says they are. Memory
//! lies where 32-bit addresses reach.

mod narrow {
    include!(env!("MIG_NARROW"));
}

use narrow::mig::{Call, Code, Memory, Name, Rights, SendRight, Transport};
use std::sync::Mutex;

/// Addresses of memory that messages carry, with what is there.
static ARENA: Mutex<usize> = Mutex::new(0);
static SEEN: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
static RELEASED: Mutex<Vec<Name>> = Mutex::new(Vec::new());
static FREED: Mutex<Vec<usize>> = Mutex::new(Vec::new());

extern "C" {
    fn mmap(at: *mut u8, size: usize, protection: i32, flags: i32, fd: i32, from: i64) -> *mut u8;
}

struct Loop;

unsafe impl Transport for Loop {
    unsafe fn mach_msg(
        &self,
        message: &mut [u8],
        _: i32,
        send_size: usize,
        _: usize,
        _: Name,
        _: u32,
    ) -> i32 {
        let mut request = message[..send_size].to_vec();
        SEEN.lock().unwrap().push(request.clone());
        // As the kernel hands it over: the ports of the header change places.
        request[..4].copy_from_slice(&0x8000_1112u32.to_le_bytes());
        request[8..12].copy_from_slice(&0x2002u32.to_le_bytes());
        request[12..16].copy_from_slice(&0x1001u32.to_le_bytes());
        request.extend([0; 68]);
        let mut reply = [0; 4096];
        let size = narrow::server::demux(&mut Server, &mut request, &mut reply)
            .expect("a known id")
            .expect("success");
        SEEN.lock().unwrap().push(reply[..size].to_vec());
        reply[8..16].fill(0);
        message[..size].copy_from_slice(&reply[..size]);
        0
    }

    fn get_reply_port(&self) -> Name {
        0x2002
    }

    fn put_reply_port(&self, _: Name) {}

    fn deallocate_reply_port(&self, _: Name) {}

    fn release(name: Name, _: u8) {
        RELEASED.lock().unwrap().push(name);
    }

    fn allocate(size: usize) -> *mut u8 {
        let mut next = ARENA.lock().unwrap();
        if *next == 0 {
            // MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT
            *next = unsafe { mmap(core::ptr::null_mut(), 65536, 3, 0x62, -1, 0) } as usize;
        }
        let at = *next;
        *next += (size + 7) & !7;
        at as *mut u8
    }

    unsafe fn deallocate(address: *mut u8, _: usize) {
        FREED.lock().unwrap().push(address as usize);
    }
}

struct Server;

impl narrow::server::Server for Server {
    type Transport = Loop;

    fn narrow(
        &mut self,
        _: &mut Call<Loop>,
        _: Name,
        a: Memory<Loop, u8>,
        b: Option<SendRight<Loop>>,
        c: i32,
    ) -> Result<narrow::server::narrow_results<Loop>, Code> {
        assert_eq!(a.as_bytes(), b"memory");
        assert_eq!(b.map(|b| narrow::mig::Right::into_name(b)), Some(0x77));
        let rights = [0x88u32, 0x99];
        let names = unsafe {
            let at = Loop::allocate(8);
            core::ptr::copy_nonoverlapping(rights.as_ptr() as *const u8, at, 8);
            Rights::from_raw(at as u64, 2)
        };
        Ok(narrow::server::narrow_results {
            d: Memory::copy_of(b"back").unwrap(),
            e: names,
            f: c + 1,
        })
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn main() {
    let port = unsafe { <SendRight<Loop> as narrow::mig::Right>::from_name(0x1001) }.unwrap();
    let right = unsafe { <SendRight<Loop> as narrow::mig::Right>::from_name(0x77) };
    let memory = Memory::<Loop, u8>::copy_of(b"memory").unwrap();
    let result = narrow::user::narrow(&Loop, &port, memory, right, 41).unwrap();
    assert_eq!(result.d.as_bytes(), b"back");
    assert_eq!(result.e.len(), 2);
    assert_eq!(result.f, 42);
    let seen = SEEN.lock().unwrap();
    // Header, number of descriptors, memory (12), port (12), NDR, count, data.
    assert_eq!(seen[0].len(), 24 + 4 + 12 + 12 + 8 + 4 + 4);
    assert_eq!(word(&seen[0], 24), 2);
    assert_ne!(word(&seen[0], 28), 0);
    assert_eq!(word(&seen[0], 32), 6);
    assert_eq!(&seen[0][36..40], &[1, 1, 0, 1]);
    assert_eq!(word(&seen[0], 40), 0x77);
    assert_eq!(&seen[0][44..52], &[0, 0, 0, 0, 0, 0, 17, 0]);
    assert_eq!(word(&seen[0], 60), 6);
    assert_eq!(word(&seen[0], 64), 41);
    // The same of two memories; the code is that of success, so there is none.
    assert_eq!(seen[1].len(), 24 + 4 + 12 + 12 + 8 + 4 + 4 + 4);
    assert_eq!(word(&seen[1], 32), 4);
    assert_eq!(&seen[1][36..40], &[1, 1, 0, 1]);
    assert_eq!(word(&seen[1], 44), 2);
    assert_eq!(&seen[1][48..52], &[1, 1, 17, 2]);
    drop(seen);
    drop(result);
    assert_eq!(*RELEASED.lock().unwrap(), [0x88, 0x99]);
    assert_eq!(FREED.lock().unwrap().len(), 3);
}
