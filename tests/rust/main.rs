// SPDX-License-Identifier: BSD-2-Clause
//! Calls of the kernel and of servers with stubs in Rust, and a notification
//! of the kernel's that Rust serves. TAP; every right must be gone at the end.
#![no_std]

macro_rules! stubs {
    ($($name:ident)*) => {
        $(mod $name {
            include!(concat!(env!("RUST_STUBS"), "/", stringify!($name), ".rs"));
        })*
    };
}

stubs!(task host mach_port notify thread_act vm_map bootstrap fs io);
mod kernel;

use core::fmt::Write;
use core::mem::ManuallyDrop;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use kernel::{Console, Kernel};
use task::mig::*;

static COUNT: AtomicU32 = AtomicU32::new(0);

fn ok(condition: bool, what: &str) {
    let n = COUNT.fetch_add(1, Relaxed) + 1;
    let not = if condition { "" } else { "not " };
    let _ = writeln!(Console, "{not}ok {n} - {what}");
}

/// A right that is the program's as long as it runs.
fn permanent<R: Right>(name: Name) -> ManuallyDrop<R> {
    ManuallyDrop::new(own(name))
}

fn own<R: Right>(name: Name) -> R {
    unsafe { R::from_name(name).unwrap() }
}

fn this_task() -> ManuallyDrop<SendRight<Kernel>> {
    permanent(kernel::task())
}

/// How many names the task has.
fn names() -> Result<usize, Code> {
    let r = mach_port::user::mach_port_names(&Kernel, &this_task())?;
    ok(r.names.len() == r.types.len(), "arrays in memory");
    Ok(r.names.len())
}

fn test_kernel() -> Result<(), Code> {
    let (me, host) = (this_task(), permanent(kernel::host()));
    let (mut text, mut long, mut short) = ([0; 512], [0; 64], [0; 1]);
    let version = host::user::host_kernel_version(&Kernel, &host, &mut text)?;
    ok(version.starts_with(b"Mach"), "a string");
    let mut threads = task::user::task_threads(&Kernel, &me)?;
    let thread = threads.take(0).unwrap();
    ok(threads.len() == 1, "rights in memory");
    let info = thread_act::user::thread_info(&Kernel, &thread, 1, &mut long)?;
    ok(info.len() > 4, "a part of the room");
    let none = task::user::task_info(&Kernel, &me, 1, &mut short);
    ok(none.is_err(), "too little room");
    Ok(())
}

fn test_memory() -> Result<(), Code> {
    let me = this_task();
    let data = [0x5a; 4096];
    let at = vm_map::user::vm_allocate(&Kernel, &me, 0, 8192, 1)?;
    vm_map::user::vm_write(&Kernel, &me, at, &data)?;
    let back = vm_map::user::vm_read(&Kernel, &me, at, 4096)?;
    ok(back.as_bytes() == data, "memory there and back");
    vm_map::user::vm_deallocate(&Kernel, &me, at, 8192)?;
    let gone = vm_map::user::vm_write(&Kernel, &me, at, &[1]);
    ok(gone == Err(Code(1)), "an error of the kernel's");
    Ok(())
}

fn test_servers() -> Result<(), Code> {
    let me = this_task();
    let (mut retry, mut data) = ([0; 1024], [0; 100]);
    let boot = task::user::task_get_special_port(&Kernel, &me, 4)?.unwrap();
    let root = bootstrap::user::bootstrap_look_up(&Kernel, &boot, "root")?.unwrap();
    let nobody = bootstrap::user::bootstrap_look_up(&Kernel, &boot, "nobody");
    ok(nobody.is_err(), "an error of a server's");
    let path = "tests/rust_test";
    let found = fs::user::dir_lookup(&Kernel, &root, path, 0, 0, &mut retry)?;
    let file = found.file.unwrap();
    ok(found.retry == 0 && found.retry_path.is_empty(), "a file");
    let start = io::user::io_read(&Kernel, &file, 0, &mut data)?;
    ok(
        start.len() == 100 && start.starts_with(b"\x7fELF"),
        "which is this program",
    );
    let stat = io::user::io_stat(&Kernel, &file)?;
    ok(stat.0.iter().any(|&word| word > 1000), "of some size");
    Ok(())
}

/// What the notification said; there is one.
struct Notified(Option<u32>);

impl notify::server::Server for Notified {
    type Transport = Kernel;

    fn mach_notify_port_deleted(
        &mut self,
        _: &mut Call<Kernel>,
        _: Name,
        _: u32,
    ) -> Result<(), Code> {
        Err(Code::FAILURE)
    }

    fn mach_notify_port_destroyed(
        &mut self,
        _: &mut Call<Kernel>,
        _: Name,
        _: Option<ReceiveRight<Kernel>>,
    ) -> Result<(), Code> {
        Err(Code::FAILURE)
    }

    fn mach_notify_no_senders(
        &mut self,
        _: &mut Call<Kernel>,
        _: Name,
        count: u32,
    ) -> Result<(), Code> {
        self.0 = Some(count);
        Ok(())
    }

    fn mach_notify_send_once(&mut self, _: &mut Call<Kernel>, _: Name) -> Result<(), Code> {
        Err(Code::FAILURE)
    }

    fn mach_notify_dead_name(&mut self, _: &mut Call<Kernel>, _: Name, _: u32) -> Result<(), Code> {
        Err(Code::FAILURE)
    }
}

fn test_rights() -> Result<(), Code> {
    const NO_SENDERS: i32 = 70;
    let me = this_task();
    let allocate = || mach_port::user::mach_port_allocate(&Kernel, &me, 1);
    let (name, watched) = (allocate()?, allocate()?);
    let port: ReceiveRight<Kernel> = own(name);
    let other: ReceiveRight<Kernel> = own(watched);
    let sent = Sent::MakeSend(other.lend());
    mach_port::user::mach_port_insert_right(&Kernel, &me, watched, sent)?;
    let send: SendRight<Kernel> = own(watched);
    let id = NO_SENDERS;
    let to = Some(&port);
    let old = mach_port::user::mach_port_request_notification(&Kernel, &me, watched, id, 1, to)?;
    ok(old.is_none(), "a right that is null");
    drop(send);
    let mut notified = Notified(None);
    notify::server::serve_one(&Kernel, &mut notified, name)?;
    ok(notified.0 == Some(1), "a notification, served");
    let made = mach_port::user::mach_port_extract_right(&Kernel, &me, watched, 20)?;
    let same = |right: &SendRight<Kernel>| right.name() == watched;
    ok(
        matches!(&made, Some(AnyRight::Send(right)) if same(right)),
        "a right of any kind",
    );
    Ok(())
}

fn test() -> Result<(), Code> {
    // A name that every call gets, and each adds a reference to.
    let _ = kernel::host();
    let before = names()?;
    test_kernel()?;
    test_memory()?;
    test_servers()?;
    test_rights()?;
    ok(names()? == before, "every right was given up");
    Ok(())
}

#[no_mangle]
pub extern "C" fn main() -> i32 {
    if let Err(code) = test() {
        ok(false, "a call failed");
        let _ = writeln!(Console, "# {code:?}");
    }
    let _ = writeln!(Console, "1..{}", COUNT.load(Relaxed));
    0
}
