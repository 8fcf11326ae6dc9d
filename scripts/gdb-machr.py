# SPDX-License-Identifier: BSD-2-Clause
"""What GDB is to know of the kernel: gdb machr.elf -x scripts/gdb-machr.py.

Tasks, threads, ports, sets, messages, maps and lists print with a line that
says what they are; `machr` has commands, $task(), $thread() and $port() find
things for expressions. All reads go through GDB, so a structure that is damaged
ends a command with GDB's own error. docs/debugging.md shows how it is used.
"""

import shlex

import gdb
import gdb.printing

LIST_MOST = 100000  # a list that is longer is a circle
CALLS_MOST = 64
HANDLE_SHIFT = 6  # <arch/vm_param.h>
DIRECT_MAP_MASK = ~((1 << (32 + HANDLE_SHIFT)) - 1)
LEAF_SLOTS = 128  # <ipc/ipc_entry.h>
RIGHTS = ("send", "receive", "send-once", "set", "dead")
WAITING = ("switch_to", "thread_block", "thread_preempt", "context_switch")


# ---- Structures

def linked(head):
    """The addresses of the links on a list, from its head (a value)."""
    start = int(head.address)
    node = head["next"]
    for _ in range(LIST_MOST):
        if int(node) in (0, start):
            return
        yield int(node)
        node = node["next"]
    raise gdb.GdbError("the list does not end")


def container(node, type_name, link):
    """The structure that has a list's link at an address."""
    kind = gdb.lookup_type(type_name)
    offset = next(
        field.bitpos // 8 for field in kind.fields() if field.name == link
    )
    return gdb.Value(node - offset).cast(kind.pointer()).dereference()


def entries(head, type_name, link):
    """The structures on a list that are linked by a member."""
    for node in linked(head):
        yield container(node, type_name, link)


def tasks():
    """All tasks."""
    head = gdb.parse_and_eval("&all_tasks").dereference()
    return entries(head, "struct task", "link")


def threads(task):
    """A task's threads."""
    return entries(task["threads"], "struct thread", "task_link")


def name_of(value):
    """A task's or thread's name."""
    return value["name"].string(errors="replace")


def task_named(name):
    """The task of a name; an error if there is none."""
    for task in tasks():
        if name_of(task) == name:
            return task
    raise gdb.GdbError("no task %s: try machr tasks" % name)


def space_task(space):
    """Whose name space it is (an address), or None."""
    for task in tasks():
        if int(task["space"]) == space:
            return task
    return None


def count_of(number, what):
    """So many of something."""
    return "%d %s%s" % (number, what, "" if number == 1 else "s")


def names(space):
    """The names in use of a space: (name, entry)."""
    for leaf in range(int(space["leaf_count"])):
        leaf_pointer = space["leaves"][leaf]
        if int(leaf_pointer) == 0:
            continue
        end = LEAF_SLOTS
        if int(leaf_pointer) == int(space["fresh"]):
            end = int(space["fresh_slot"])
        for slot in range(1, end):
            entry = leaf_pointer["slots"][slot]["entry"]
            bits = int(entry["bits"])
            if bits & 0x1F0000:
                index = leaf * LEAF_SLOTS + slot
                yield index << 8 | bits & 0xFF, entry


def port_at(address):
    """A port by its address."""
    kind = gdb.lookup_type("struct ipc_port").pointer()
    return gdb.Value(address).cast(kind).dereference()


def port_of_handle(handle):
    """The address of the port of a handle in a message."""
    base = int(gdb.parse_and_eval("kernel_task")) & DIRECT_MAP_MASK
    return base + (handle << HANDLE_SHIFT)


# ---- In words

def kernel_object(port):
    """What the kernel has behind a port."""
    kind = str(port["kotype"])
    kind = kind[5:].lower() if kind.startswith("IKOT_") else kind
    if kind == "task":
        task = port["kobject"].cast(gdb.lookup_type("struct task").pointer())
        return "task " + name_of(task)
    return "%s %x" % (kind, int(port["kobject"]))


def port_owner(port):
    """Who receives from a port."""
    receiver = int(port["receiver"])
    if not port["object"]["active"]:
        return "nobody: dead"
    if receiver == 0:
        return "a message"
    task = space_task(receiver)
    if task is not None:
        return "%s:%x" % (name_of(task), int(port["receiver_name"]))
    return "the kernel: " + kernel_object(port)


def handle_text(handle):
    """A port in a message."""
    if handle == 0:
        return "nobody"
    if handle == 0xFFFFFFFF:
        return "a dead port"
    address = port_of_handle(handle)
    return "port %x of %s" % (address, port_owner(port_at(address)))


def symbol(address):
    """function+offset."""
    text = gdb.execute("info symbol 0x%x" % address, to_string=True)
    return text.split(" in section")[0].replace(" + ", "+").strip()


def word_at(address):
    """Eight bytes of memory."""
    kind = gdb.lookup_type("unsigned long").pointer()
    return int(gdb.Value(address).cast(kind).dereference())


def is_x86():
    """The architecture of what is debugged."""
    return "x86" in gdb.selected_inferior().architecture().name()


def calls_of(thread):
    """Where the calls return to that a thread which has a stack is in."""
    sp = int(thread["arch"]["kernel_sp"])
    # What context_switch() has put there; then frame records.
    pc, fp = word_at(sp + 48), word_at(sp + 40)
    if not is_x86():
        pc, fp = word_at(sp + 8), word_at(sp)
    for _ in range(CALLS_MOST):
        # What is no address of the kernel is the user's, or the end.
        if pc >> 63 == 0:
            return
        yield pc
        if fp >> 63 == 0:
            return
        pc, fp = word_at(fp + 8), word_at(fp)


def waits_in(thread):
    """The function that a thread called to wait, or goes on in."""
    if int(thread["kstack"]) == 0:
        return symbol(int(thread["continuation"]))
    for pc in calls_of(thread):
        if symbol(pc).split("+")[0] not in WAITING:
            break
    return symbol(pc)


def inlined_at(pc):
    """The functions that were compiled into another one there, inner first."""
    block = gdb.block_for_pc(pc)
    found = []
    while block is not None and not block.is_static and not block.is_global:
        if block.function is not None:
            found.append(block.function.name)
        block = block.superblock
    return found[:-1]


def thread_does(thread):
    """What a thread does."""
    if int(thread.address) == int(gdb.parse_and_eval("boot_cpu.thread")):
        return "runs"
    state = str(thread["state"])
    if state != "THREAD_WAITING":
        return {"THREAD_RUNNABLE": "can run"}.get(state, state[7:].lower())
    what = "waits"
    if int(thread["wait_flags"]) & 2:
        kind = gdb.lookup_type("struct ipc_object")
        at = int(thread["wait_queue"]) - next(
            f.bitpos // 8 for f in kind.fields() if f.name == "receivers"
        )
        value = gdb.Value(at).cast(kind.pointer())
        what = "receives from %s %x" % (
            "set" if int(value["type"]) else "port",
            at,
        )
    elif int(thread["ipc"]["kmsg"]) != 0:
        handle = thread["ipc"]["kmsg"]["header"]["msgh_remote_port"]
        what = "sends to port %x" % port_of_handle(int(handle))
    return "%s in %s" % (what, waits_in(thread))


def protection(prot):
    """rwx."""
    return "".join(c if prot >> i & 1 else "-" for i, c in enumerate("rwx"))


def entry_text(entry):
    """A line about an entry of a map."""
    return "%12x-%12x %s object %x+%x" % (
        int(entry["start"]),
        int(entry["end"]),
        protection(int(entry["prot"])),
        int(entry["object"]),
        int(entry["offset"]),
    )


# ---- Printers

class Printer:
    """A line of to_string(), and then the members as GDB prints them."""

    def __init__(self, value):
        self.value = value

    def children(self):
        for field in self.value.type.fields():
            value = self.value[field]
            if field.name.endswith("link") and field.type.name == "list":
                value = "next %x" % int(value["next"])
            yield field.name, value


class ListPrinter:
    """struct list: how many are on it."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        if int(self.value["next"]) == 0:
            return "not a list yet"
        count = sum(1 for _ in linked(self.value))
        return "empty" if count == 0 else "%d on it" % count


class TaskPrinter(Printer):
    """struct task: its name, what it has."""

    def to_string(self):
        value = self.value
        text = "task %s, %s" % (
            name_of(value),
            count_of(int(value["thread_count"]), "thread"),
        )
        if int(value["space"]) != 0:
            text += ", " + count_of(int(value["space"]["names"]), "name")
        if int(value["map"]) != 0:
            text += ", %d KB" % (int(value["map"]["size"]) >> 10)
        if not value["alive"]:
            text += ", dead"
        if int(value["suspend_count"]) > 0:
            text += ", suspended"
        return text


class ThreadPrinter(Printer):
    """struct thread: whose it is, what it does."""

    def to_string(self):
        return "thread %s of %s, priority %d, %s" % (
            name_of(self.value),
            name_of(self.value["task"]),
            int(self.value["priority"]),
            thread_does(self.value),
        )


class PortPrinter(Printer):
    """struct ipc_port: who receives, what is queued."""

    def to_string(self):
        return "port of %s, %d queued" % (
            port_owner(self.value),
            int(self.value["msgcount"]),
        )


class SetPrinter(Printer):
    """struct ipc_pset: whose it is, what is in it."""

    def to_string(self):
        ready = sum(1 for _ in linked(self.value["ready"]))
        return "set %x of %s, %d ready" % (
            int(self.value["name"]),
            count_of(int(self.value["member_count"]), "port"),
            ready,
        )


class SpacePrinter(Printer):
    """struct ipc_space: whose it is."""

    def to_string(self):
        task = space_task(int(self.value.address))
        return "%s of %s" % (
            count_of(int(self.value["names"]), "name"),
            "nobody" if task is None else name_of(task),
        )


class MessagePrinter(Printer):
    """struct ipc_kmsg: what it is, to whom."""

    def to_string(self):
        header = self.value["header"]
        return "message id %d, %d bytes, to %s, reply to %s" % (
            int(header["msgh_id"]),
            int(header["msgh_size"]),
            handle_text(int(header["msgh_remote_port"])),
            handle_text(int(header["msgh_local_port"])),
        )


class MapPrinter(Printer):
    """struct vm_map: its entries."""

    def to_string(self):
        lines = ["map of %d KB" % (int(self.value["size"]) >> 10)]
        for entry in entries(
            self.value["entries"], "struct vm_map_entry", "link"
        ):
            lines.append("  " + entry_text(entry))
        return "\n".join(lines) + "\n"


class EntryPrinter(Printer):
    """struct vm_map_entry: from where to where, of what."""

    def to_string(self):
        return entry_text(self.value).strip()


class ObjectPrinter(Printer):
    """struct vm_object: how large, how much of it is there."""

    def to_string(self):
        return "object of %d KB, %s, %s" % (
            int(self.value["size"]) >> 10,
            count_of(int(self.value["resident"]), "page"),
            count_of(int(self.value["references"]), "reference"),
        )


def printers():
    """The printers by type."""
    found = gdb.printing.RegexpCollectionPrettyPrinter("machr")
    for name, printer in (
        ("list", ListPrinter),
        ("task", TaskPrinter),
        ("thread", ThreadPrinter),
        ("ipc_port", PortPrinter),
        ("ipc_pset", SetPrinter),
        ("ipc_space", SpacePrinter),
        ("ipc_kmsg", MessagePrinter),
        ("vm_map", MapPrinter),
        ("vm_map_entry", EntryPrinter),
        ("vm_object", ObjectPrinter),
    ):
        found.add_printer(name, "^%s$" % name, printer)
    return found


# ---- Found by name, in expressions

def task_argument(value):
    """A task by its name or as a pointer."""
    if value.type.strip_typedefs().code == gdb.TYPE_CODE_PTR:
        if value.dereference().type.strip_typedefs().name == "task":
            return value.dereference()
    return task_named(value.string())


class TaskFunction(gdb.Function):
    """$task("NAME"): the task, a pointer."""

    def __init__(self):
        super().__init__("task")

    def invoke(self, task):
        return task_argument(task).address


class ThreadFunction(gdb.Function):
    """$thread("TASK", N): the task's thread N, from 0, a pointer."""

    def __init__(self):
        super().__init__("thread")

    def invoke(self, task, number=0):
        found = list(threads(task_argument(task)))
        if not 0 <= int(number) < len(found):
            raise gdb.GdbError("it has %s" % count_of(len(found), "thread"))
        return found[int(number)].address


class PortFunction(gdb.Function):
    """$port("TASK", NAME): the port that the task's name is of, a pointer."""

    def __init__(self):
        super().__init__("port")

    def invoke(self, task, wanted):
        task = task_argument(task)
        for name, entry in names(task["space"]):
            if name == int(wanted) and int(entry["object"]) != 0:
                at = int(entry["object"])
                return port_at(at).address
        raise gdb.GdbError("%s has no such name" % name_of(task))


# ---- Commands

class Machr(gdb.Command):
    """What there is in the kernel."""

    def __init__(self):
        super().__init__("machr", gdb.COMMAND_DATA, gdb.COMPLETE_NONE, True)


class MachrTasks(gdb.Command):
    """machr tasks: tasks, their threads, what each does."""

    def __init__(self):
        super().__init__("machr tasks", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        for number, task in enumerate(tasks()):
            print(
                "#%-2d %x %s"
                % (number, int(task.address), TaskPrinter(task).to_string()[5:])
            )
            for index, thread in enumerate(threads(task)):
                print(
                    "    .%-2d %x %2d %s%s"
                    % (
                        index,
                        int(thread.address),
                        int(thread["priority"]),
                        name_of(thread) + " " if number == 0 else "",
                        thread_does(thread),
                    )
                )


class MachrList(gdb.Command):
    """machr list LIST TYPE LINK: the structures on a list, a line each."""

    def __init__(self):
        super().__init__("machr list", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        # Quotes inside of an expression are its own.
        words = shlex.split(argument, posix=False)
        if len(words) != 3:
            raise gdb.GdbError("machr list LIST TYPE LINK")
        words[1] = words[1].strip("\"'")
        head = gdb.parse_and_eval(words[0])
        if head.type.code == gdb.TYPE_CODE_PTR:
            head = head.dereference()
        for value in entries(head, words[1], words[2]):
            found = gdb.default_visualizer(value)
            print(
                "(%s *)0x%x %s"
                % (
                    words[1],
                    int(value.address),
                    found.to_string() if found is not None else "",
                )
            )


class MachrPorts(gdb.Command):
    """machr ports TASK: its names, which right to which port each is."""

    def __init__(self):
        super().__init__("machr ports", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        words = gdb.string_to_argv(argument)
        if len(words) != 1:
            raise gdb.GdbError("machr ports TASK")
        for name, entry in names(task_named(words[0])["space"]):
            print("  %6x %s" % (name, self.text(entry)))

    @staticmethod
    def text(entry):
        """A name's rights, and what they are to."""
        bits = int(entry["bits"])
        text = " ".join(
            right for i, right in enumerate(RIGHTS) if bits >> (16 + i) & 1
        )
        if bits & 0x110000:
            text += " x%d" % int(entry["urefs"])
        at = int(entry["object"])
        if at == 0:
            return text
        if int(entry["object"]["type"]) != 0:
            return text + " %x" % at
        return text + " port %x of %s" % (at, port_owner(port_at(at)))


class MachrTrace(gdb.Command):
    """machr trace THREAD: the calls that a thread in the kernel is in.

    THREAD is an expression, such as $thread("init", 0)."""

    def __init__(self):
        super().__init__("machr trace", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        if not argument:
            raise gdb.GdbError("machr trace THREAD")
        thread = gdb.parse_and_eval(argument).dereference()
        if thread_does(thread) == "runs":
            gdb.execute("backtrace")
        elif int(thread["kstack"]) == 0:
            print("no kernel stack; goes on in " + waits_in(thread))
        else:
            for number, pc in enumerate(calls_of(thread)):
                self.tell(number, pc)

    @staticmethod
    def tell(number, pc):
        """A call: the line is that of the call, not of what follows it."""
        where = gdb.find_pc_line(pc - 1)
        text = "#%-2d %x in %s" % (number, pc, symbol(pc))
        for name in inlined_at(pc - 1):
            text += ", in line " + name
        if where.symtab is not None:
            text += " at %s:%d" % (where.symtab.filename, where.line)
        print(text)


gdb.execute("set print pretty on")
gdb.execute("set print null-stop on")
gdb.printing.register_pretty_printer(None, printers(), True)
for part in (
    TaskFunction,
    ThreadFunction,
    PortFunction,
    Machr,
    MachrTasks,
    MachrList,
    MachrPorts,
    MachrTrace,
):
    part()
