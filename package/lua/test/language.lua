-- SPDX-License-Identifier: BSD-2-Clause
-- Lua on the system: arithmetic and mathematics, strings, tables, coroutines,
-- errors, files, pipes, memory, and its own compiler. Prints TAP.
local count, failed = 0, 0

local function ok(name, good, note)
	count = count + 1
	print((good and "ok " or "not ok ") .. count .. " - " .. name)
	if not good then
		failed = failed + 1
		print("# " .. tostring(note))
	end
end

local function is(name, got, want)
	ok(name, got == want, "got " .. tostring(got) .. ", want " .. tostring(want))
end

is("version", _VERSION, "Lua 5.4")
is("integer division", 7 // 2, 3)
is("shifts", 1 << 40, 1099511627776)
is("powers", 2 ^ 10, 1024.0)
is("wrap", math.maxinteger + 1, math.mininteger)
is("sine", string.format("%.15f", math.sin(1)), "0.841470984807897")
is("exponential", string.format("%.15f", math.exp(1)), "2.718281828459045")
is("square root", string.format("%.15f", math.sqrt(2)), "1.414213562373095")
is("logarithm", string.format("%.15f", math.log(10)), "2.302585092994046")
is("remainder", math.fmod(-7, 3), -1)
is("number to text and back", tonumber(string.format("%.17g", 0.1)), 0.1)
is("hexadecimal floats", string.format("%a", 0.5), "0x1p-1")
is("patterns", ("key=value"):match("%w+=(%w+)"), "value")
is("substitution", (("hello"):gsub("l", "L")), "heLLo")
is("packing", string.unpack("<i4", string.pack("<i4", -5)), -5)

local t = {}
for i = 1, 1000 do
	t[i] = (i * 7919) % 1009
end
table.sort(t)
ok("sorting", t[1] == 1 and t[1000] == 1008, t[1] .. " " .. t[1000])

local c = coroutine.wrap(function()
	for i = 1, 3 do
		coroutine.yield(i)
	end
end)
is("coroutines", c() + c() + c(), 6)
is("an error is caught", select(2, pcall(error, "oops")), "oops")
is("a deep recursion is an error", pcall(function()
	local function f() return 1 + f() end
	return f()
end), false)

local name = os.tmpname()
local f = assert(io.open(name, "w"))
f:write("a\nb\n", 42, "\n")
f:close()
local lines = {}
for line in io.lines(name) do
	lines[#lines + 1] = line
end
is("files", table.concat(lines, ","), "a,b,42")
f = io.open(name, "r+")
f:seek("set", 2)
is("seeking", f:read("L"), "b\n")
f:close()
ok("removing", os.remove(name))
is("what is not there", select(2, io.open(name)), name .. ": No such file or directory")
is("a pipe from a command", io.popen("echo piped"):read("a"), "piped\n")
is("a command's status", select(3, os.execute("exit 3")), 3)
ok("time goes on", os.time() > 1700000000, os.time())
is("a date", os.date("!%Y-%m-%d", 0), "1970-01-01")

collectgarbage()
local before = collectgarbage("count")
for i = 1, 200000 do
	local garbage = { i }
end
collectgarbage()
local grown = collectgarbage("count") - before
ok("garbage is collected", grown < 100, grown)

f = io.open("/tmp/c.lua", "w")
f:write("return 6 * 7, ...")
f:close()
ok("luac", os.execute("luac -o /tmp/c.out /tmp/c.lua"))
is("what it compiled", (loadfile("/tmp/c.out"))(), 42)
os.remove("/tmp/c.lua")
os.remove("/tmp/c.out")

print("1.." .. count)
os.exit(failed == 0)
