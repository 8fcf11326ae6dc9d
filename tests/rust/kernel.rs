// SPDX-License-Identifier: BSD-2-Clause
//! The kernel as a transport of stubs, by libmach; and a console, by the libc.

use crate::task::mig::{Name, Transport};
use core::fmt::{Result, Write};

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
    fn mach_task_self() -> Name;
    fn mach_host_self() -> Name;
    fn syscall_mach_port_deallocate(task: Name, name: Name) -> i32;
    fn mach_port_mod_refs(task: Name, name: Name, right: u32, delta: i32) -> i32;
    fn write(file: i32, bytes: *const u8, count: usize) -> isize;
    fn _exit(status: i32) -> !;
}

pub struct Kernel;

unsafe impl Transport for Kernel {
    unsafe fn mach_msg(
        &self,
        message: &mut [u8],
        option: i32,
        send_size: usize,
        receive_size: usize,
        receive_name: Name,
        timeout: u32,
    ) -> i32 {
        let (send, receive) = (send_size as u32, receive_size as u32);
        let message = message.as_mut_ptr();
        mach_msg(message, option, send, receive, receive_name, timeout, 0)
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
        const RECEIVE: u32 = 1;
        let code = match disposition {
            16 => unsafe { mach_port_mod_refs(task(), name, RECEIVE, -1) },
            _ => unsafe { syscall_mach_port_deallocate(task(), name) },
        };
        if code != 0 {
            let _ = writeln!(Console, "not ok - released {name:#x}: {code}");
        }
    }

    fn allocate(size: usize) -> *mut u8 {
        let mut address = 0;
        unsafe { mig_allocate(&mut address, size as u64) };
        address as *mut u8
    }

    unsafe fn deallocate(address: *mut u8, size: usize) {
        mig_deallocate(address as u64, size as u64);
    }
}

pub fn task() -> Name {
    unsafe { mach_task_self() }
}

pub fn host() -> Name {
    unsafe { mach_host_self() }
}

pub struct Console;

impl Write for Console {
    fn write_str(&mut self, text: &str) -> Result {
        match unsafe { write(1, text.as_ptr(), text.len()) } {
            count if count == text.len() as isize => Ok(()),
            _ => Err(core::fmt::Error),
        }
    }
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    let _ = writeln!(Console, "not ok - {info}");
    unsafe { _exit(1) }
}
