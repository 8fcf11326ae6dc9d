// SPDX-License-Identifier: BSD-2-Clause
//! The fake kernel of fake_mach.c as a transport, and what the tests count.

use crate::types::mig::{Name, Transport};
use std::ffi::CStr;
use std::os::raw::c_char;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Mutex;

pub const SERVER: Name = 0x1001;
pub const REPLY: Name = 0x2002;

pub type Hook = extern "C" fn(*mut u8) -> *mut u8;
pub type Demux = extern "C" fn(*mut u8, *mut u8) -> i32;

/// As struct peer_counters of rust_peer.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Counters {
    pub allocations: i32,
    pub reply_ports: i32,
    pub dead_replies: i32,
    pub inexact: i32,
    pub destroyed: i32,
    pub option: i32,
    pub timeout: u32,
    pub request_size: u32,
    pub request_bits: u32,
    pub rcv_name: u32,
    pub code: i32,
}

extern "C" {
    fn mach_msg(
        message: *mut u8,
        option: i32,
        send_size: u32,
        receive_size: u32,
        receive_name: Name,
        timeout: u32,
        notify: Name,
    ) -> i32;
    fn mig_get_reply_port() -> Name;
    fn mig_put_reply_port(port: Name);
    fn mig_dealloc_reply_port(port: Name);
    fn mig_allocate(address: *mut u64, size: u64);
    fn mig_deallocate(address: u64, size: u64);
    fn peer_reset(demux: Option<Demux>);
    fn peer_hooks(on_request: Option<Hook>, on_reply: Option<Hook>);
    fn peer_expect(count: u32, out_count: u32, code: i32);
    fn peer_fail_sends(code: i32);
    fn peer_wrong() -> *const c_char;
    fn peer_counters() -> Counters;
    fn peer_call(which: i32) -> i32;
    pub fn types_server(request: *mut u8, reply: *mut u8) -> i32;
    pub fn forms_server(request: *mut u8, reply: *mut u8) -> i32;
    pub fn untyped_server(request: *mut u8, reply: *mut u8) -> i32;
    pub fn malloc(size: usize) -> *mut u8;
    pub fn free(memory: *mut u8);
}

/// The rights given up: name and disposition.
static RELEASED: Mutex<Vec<(Name, u8)>> = Mutex::new(Vec::new());

/// Memory is what messages that were tampered with say: it is left alone.
static KEEP: AtomicBool = AtomicBool::new(false);

pub struct Fake;

unsafe impl Transport for Fake {
    unsafe fn mach_msg(
        &self,
        message: &mut [u8],
        option: i32,
        send_size: usize,
        receive_size: usize,
        receive_name: Name,
        timeout: u32,
    ) -> i32 {
        assert!(send_size <= message.len() && receive_size <= message.len());
        let id = crate::types::mig::id_of(message);
        if option & 1 == 0 || (option & 2 == 0 && id > 5099 && id < 5200) {
            return queue(message, option, send_size);
        }
        let (send, receive) = (send_size as u32, receive_size as u32);
        mach_msg(
            message.as_mut_ptr(),
            option,
            send,
            receive,
            receive_name,
            timeout,
            0,
        )
    }

    fn get_reply_port(&self) -> Name {
        unsafe { mig_get_reply_port() }
    }

    fn put_reply_port(&self, port: Name) {
        unsafe { mig_put_reply_port(port) }
    }

    fn deallocate_reply_port(&self, port: Name) {
        unsafe { mig_dealloc_reply_port(port) }
    }

    fn release(name: Name, disposition: u8) {
        RELEASED.lock().unwrap().push((name, disposition));
    }

    fn allocate(size: usize) -> *mut u8 {
        let mut address = 0;
        unsafe {
            mig_allocate(&mut address, size as u64);
            (address as *mut u8).write_bytes(0, size);
        }
        address as *mut u8
    }

    unsafe fn deallocate(address: *mut u8, size: usize) {
        if !KEEP.load(Ordering::Relaxed) {
            mig_deallocate(address as u64, size as u64);
        }
    }
}

/// A request to receive, with its trailer, and what was sent after it.
pub static QUEUE: Mutex<(Vec<u8>, Vec<u8>)> = Mutex::new((Vec::new(), Vec::new()));

/// What `serve_one` does goes here: receiving only, and sending a reply.
fn queue(message: &mut [u8], option: i32, send_size: usize) -> i32 {
    let mut queue = QUEUE.lock().unwrap();
    if option & 2 == 0 {
        queue.1 = message[..send_size].to_vec();
        return 0;
    }
    if queue.0.is_empty() {
        return 0x10004003;
    }
    let request = std::mem::take(&mut queue.0);
    message[..request.len()].copy_from_slice(&request);
    0
}

/// Starts anew; C serves if there is no other server.
pub fn reset(demux: Option<Demux>) {
    RELEASED.lock().unwrap().clear();
    KEEP.store(false, Ordering::Relaxed);
    unsafe { peer_reset(demux) }
}

pub fn hooks(on_request: Option<Hook>, on_reply: Option<Hook>) {
    KEEP.store(
        on_request.is_some() || on_reply.is_some(),
        Ordering::Relaxed,
    );
    unsafe { peer_hooks(on_request, on_reply) }
}

pub fn expect(count: u32, out_count: u32, code: i32) {
    unsafe { peer_expect(count, out_count, code) }
}

pub fn fail_sends(code: i32) {
    unsafe { peer_fail_sends(code) }
}

pub fn counters() -> Counters {
    unsafe { peer_counters() }
}

/// The rights given up since it was asked.
pub fn released() -> Vec<(Name, u8)> {
    let mut rights = std::mem::take(&mut *RELEASED.lock().unwrap());
    rights.sort_unstable();
    rights
}

pub fn wrong() -> String {
    unsafe { CStr::from_ptr(peer_wrong()) }
        .to_string_lossy()
        .into_owned()
}

/// A call with C's stubs.
pub fn call_c(which: i32) -> i32 {
    unsafe { peer_call(which) }
}
