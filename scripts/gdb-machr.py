# SPDX-License-Identifier: BSD-2-Clause
"""What GDB is to know of the kernel: gdb machr.elf -x scripts/gdb-machr.py.

Lists print as their length, ports and maps as a line before their members; and
the commands `machr tasks` and `machr list`. All reads go through GDB, so a
structure that is damaged ends a command with GDB's own error.
"""

import gdb
import gdb.printing

LIST_MOST = 100000  # a list that is longer is a circle


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


def entries(head, type_name, link):
    """The structures on a list that are linked by a member."""
    kind = gdb.lookup_type(type_name)
    offset = next(
        field.bitpos // 8 for field in kind.fields() if field.name == link
    )
    for node in linked(head):
        yield gdb.Value(node - offset).cast(kind.pointer()).dereference()


def tasks():
    """All tasks."""
    head = gdb.parse_and_eval("&all_tasks").dereference()
    return entries(head, "struct task", "link")


def name_of(value):
    """A task's or thread's name."""
    return value["name"].string()


class ListPrinter:
    """struct list: how many are on it."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        if int(self.value["next"]) == 0:
            return "not a list yet"
        count = sum(1 for _ in linked(self.value))
        return "empty" if count == 0 else "%d on it" % count


class MembersPrinter:
    """A line, and then the members as GDB prints them."""

    def __init__(self, value):
        self.value = value

    def children(self):
        for field in self.value.type.fields():
            yield field.name, self.value[field]


class PortPrinter(MembersPrinter):
    """struct ipc_port: who receives, what is queued."""

    def owner(self):
        receiver = int(self.value["receiver"])
        if not self.value["object"]["active"]:
            return "nobody: dead"
        for task in tasks():
            if int(task["space"]) == receiver and receiver != 0:
                return "%s:%x" % (
                    name_of(task),
                    int(self.value["receiver_name"]),
                )
        return "a message" if receiver == 0 else "the kernel"

    def to_string(self):
        return "port of %s, %d queued" % (
            self.owner(),
            int(self.value["msgcount"]),
        )


class MapPrinter(MembersPrinter):
    """struct vm_map: its entries."""

    def to_string(self):
        lines = ["map of %d KB" % (int(self.value["size"]) >> 10)]
        for entry in entries(
            self.value["entries"], "struct vm_map_entry", "link"
        ):
            prot = int(entry["prot"])
            lines.append(
                "  %12x-%12x %s object %x+%x"
                % (
                    int(entry["start"]),
                    int(entry["end"]),
                    "".join(
                        c if prot >> i & 1 else "-" for i, c in enumerate("rwx")
                    ),
                    int(entry["object"]),
                    int(entry["offset"]),
                )
            )
        return "\n".join(lines) + "\n"


def printers():
    """The printers by type."""
    found = gdb.printing.RegexpCollectionPrettyPrinter("machr")
    found.add_printer("list", "^list$", ListPrinter)
    found.add_printer("ipc_port", "^ipc_port$", PortPrinter)
    found.add_printer("vm_map", "^vm_map$", MapPrinter)
    return found


class Machr(gdb.Command):
    """What there is in the kernel."""

    def __init__(self):
        super().__init__("machr", gdb.COMMAND_DATA, gdb.COMPLETE_NONE, True)


class MachrTasks(gdb.Command):
    """machr tasks: tasks and their threads."""

    def __init__(self):
        super().__init__("machr tasks", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        for task in tasks():
            print("%x %s" % (int(task.address), name_of(task)))
            for thread in entries(
                task["threads"], "struct thread", "task_link"
            ):
                print(
                    "  %x %s, %s"
                    % (int(thread.address), name_of(thread), thread["state"])
                )


class MachrList(gdb.Command):
    """machr list LIST TYPE LINK: the structures on a list."""

    def __init__(self):
        super().__init__("machr list", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        words = gdb.string_to_argv(argument)
        if len(words) != 3:
            raise gdb.GdbError("machr list LIST TYPE LINK")
        head = gdb.parse_and_eval(words[0])
        if head.type.code == gdb.TYPE_CODE_PTR:
            head = head.dereference()
        for value in entries(head, words[1], words[2]):
            print("(%s *)0x%x" % (words[1], int(value.address)))


gdb.printing.register_pretty_printer(None, printers(), True)
Machr()
MachrTasks()
MachrList()
