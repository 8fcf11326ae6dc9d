# SPDX-License-Identifier: BSD-2-Clause
# Drives QEMU over its serial line, for tests written for expect(1). TAP on
# stdout; all that the machine says goes to OUT/log/<test>.log.
#
#   source tests/boot/harness.tcl      from the top of the tree; $argv: OUT
#   boot ?firmware|direct? ?words...?  start; more words go to run-qemu before
#                                      OUT when they start with --, else to QEMU
#   await NAME REGEXP ?SECONDS?        one test: this comes; fails at once on a
#                                      panic or when QEMU ends
#   type TEXT                          a line typed at the console
#   run NAME COMMAND REGEXP ?SECONDS?  one test: type it, its output up to the
#                                      next prompt matches
#   silent COMMAND                     type it, wait for the prompt, no test
#   relay NAME ?SECONDS?               pass on the machine's own TAP, up to its
#                                      plan line, as tests of this one
#   ended NAME ?SECONDS?               one test: QEMU ends by itself
#   check_root NAME                    one test: e2fsck -fn on the root
#   ok NAME BOOLEAN ?NOTE?             one test
#   finish                             plan, status, QEMU ended
#
# The disk is a copy of the image in OUT/run/<test>.img; it lives on from one
# boot to the next within a test and is taken afresh by each test.

log_user 0
match_max 200000
set out [lindex $argv 0]
set test_name [file rootname [file tail $argv0]]
set prompt {msh# $}
set patience 60
set console {-serial stdio -monitor none}
set count 0
set failed 0
set spawn_id ""
set panic_pattern {panic: [^\r\n]*|[^\r\n]*unhandled trap[^\r\n]*}

if {![file exists $out/build/config.mk]} {
	puts "1..0 # SKIP nothing is built in '$out'"
	exit 1
}

proc setting {name} {
	global out
	set file [open $out/build/config.mk]
	set text [read $file]
	close $file
	if {![regexp -line "^CONFIG_$name=\"?(\[^\"\n\]*)\"?\$" $text all value]} {
		return ""
	}
	return $value
}

set arch [setting ARCH]
set image $out/images/[setting IMAGE_NAME]
set disk $out/run/$test_name.img
file mkdir $out/run $out/log
exec cp --sparse=always $image $disk
file attributes $disk -permissions 0644
log_file -a -noappend $out/log/$test_name.log

proc ok {name good {note ""}} {
	global count failed
	incr count
	if {$good} {
		puts "ok $count - $name"
	} else {
		global out test_name argv0
		set failed 1
		puts "not ok $count - $name"
		foreach line [lrange [split $note "\n"] end-30 end] {
			regsub -all {[^[:print:]\t]} $line "" line
			puts "# $line"
		}
		puts "# log: $out/log/$test_name.log; alone: $argv0 $out"
	}
	flush stdout
	return $good
}

proc boot {{mode firmware} args} {
	global out disk spawn_id spawn_out console
	set options [list --print --disk $disk]
	if {$mode eq "direct"} {
		lappend options --direct
	}
	set more {}
	while {[llength $args]} {
		set word [lindex $args 0]
		if {[string match --* $word]} {
			lappend options $word [lindex $args 1]
			set args [lrange $args 2 end]
		} else {
			lappend more $word
			set args [lrange $args 1 end]
		}
	}
	set words [split [exec scripts/run-qemu {*}$options $out {*}$more] "\n"]
	spawn -noecho {*}$words {*}$console
	# A terminal of ours must not change what passes through it.
	stty raw -echo < $spawn_out(slave,name)
}

proc await {name pattern {seconds 0}} {
	global spawn_id panic_pattern patience expect_out
	set timeout [expr {$seconds > 0 ? $seconds : $patience}]
	set result ""
	if {$spawn_id eq ""} {
		return [ok $name 0 "the machine is not running"]
	}
	expect {
		-re $pattern { set result found }
		-re $panic_pattern {
			set note "panic: $expect_out(0,string)"
			# What follows is the back-trace.
			set timeout 2
			expect -re "\n\n\n\n" {} timeout {} eof {}
			catch { append note $expect_out(buffer) }
			return [ok $name 0 $note]
		}
		timeout {
			catch { set note $expect_out(buffer) }
			expect * { set note $expect_out(buffer) }
			return [ok $name 0 "nothing like '$pattern' in $timeout s, but:\n$note"]
		}
		eof {
			set note $expect_out(buffer)
			catch close
			catch wait
			set spawn_id ""
			return [ok $name 0 "QEMU ended; last:\n$note"]
		}
	}
	return [ok $name 1]
}

proc type {text} {
	global spawn_id
	if {$spawn_id ne ""} {
		catch { send -- "$text\r" }
	}
}

# The output of a command up to the next prompt, without its echo.
proc output_of {command seconds} {
	global spawn_id prompt expect_out patience panic_pattern
	if {$spawn_id eq ""} {
		return -code error "the machine is not running"
	}
	set timeout [expr {$seconds > 0 ? $seconds : $patience}]
	expect *
	send -- "$command\r"
	expect {
		-re $prompt {}
		-re $panic_pattern {
			return -code error "panic: $expect_out(buffer)"
		}
		timeout {
			expect *
			return -code error "no prompt in $timeout s after '$command', but:\n$expect_out(buffer)"
		}
		eof {
			set spawn_id ""
			return -code error "QEMU ended after '$command'"
		}
	}
	set text [string map {"\r" ""} $expect_out(buffer)]
	# The first line is the echo, the last the prompt.
	set lines [split $text "\n"]
	return [join [lrange $lines 1 end-1] "\n"]
}

proc run {name command pattern {seconds 0}} {
	if {[catch {output_of $command $seconds} text]} {
		return [ok $name 0 $text]
	}
	return [ok $name [regexp -- $pattern $text] \
	    "'$command' should print '$pattern', printed:\n$text"]
}

proc silent {command {seconds 0}} {
	catch {output_of $command $seconds}
}

proc relay {name {seconds 0}} {
	global spawn_id patience panic_pattern expect_out count failed
	set timeout [expr {$seconds > 0 ? $seconds : $patience}]
	set seen 0
	set note ""
	if {$spawn_id eq ""} {
		return [ok $name 0 "the machine is not running"]
	}
	# Line by line: expect keeps old values of groups that match nothing.
	expect {
		-re $panic_pattern { return [ok $name 0 $expect_out(buffer)] }
		-re {[^\n]*\n} {
			set line [string trim $expect_out(0,string)]
			if {[regexp {^(not )?ok [0-9]+ - (.*)$} $line \
			    all bad what]} {
				incr seen
				ok "$name: $what" [expr {$bad eq ""}] $note
				set note ""
			} elseif {[regexp {^1\.\.([0-9]+)$} $line all planned]} {
				return [ok "$name: as many tests as planned" \
				    [expr {$seen == $planned}] \
				    "planned $planned, seen $seen"]
			} elseif {[string match "#*" $line]} {
				append note $line "\n"
			}
			exp_continue
		}
		timeout { return [ok $name 0 "no end of its tests in $timeout s"] }
		eof {
			set spawn_id ""
			return [ok $name 0 "QEMU ended:\n$expect_out(buffer)"]
		}
	}
}

proc ended {name {seconds 0}} {
	global spawn_id patience
	set timeout [expr {$seconds > 0 ? $seconds : $patience}]
	if {$spawn_id eq ""} {
		return [ok $name 0 "the machine was not running"]
	}
	expect {
		eof {
			catch wait
			set spawn_id ""
			return [ok $name 1]
		}
		timeout {
			expect *
			set note $expect_out(buffer)
			stop
			return [ok $name 0 "still running after $timeout s:\n$note"]
		}
	}
}

proc stop {} {
	global spawn_id
	if {$spawn_id ne ""} {
		catch { exec kill [exp_pid] }
		catch close
		catch wait
		set spawn_id ""
	}
}

# Where the second partition of the disk starts, from its GPT.
proc root_offset {} {
	global disk
	set file [open $disk rb]
	seek $file [expr {1024 + 128 + 32}]
	binary scan [read $file 8] w lba
	close $file
	return [expr {$lba * 512}]
}

proc check_root {name} {
	global disk
	set env(PATH) "$::env(PATH):/usr/sbin:/sbin"
	set bad [catch {exec /usr/bin/env PATH=$env(PATH) e2fsck -fn \
	    "$disk?offset=[root_offset]" 2>@1} text]
	return [ok $name [expr {!$bad}] $text]
}

proc finish {} {
	global count failed disk
	stop
	file delete $disk
	puts "1..$count"
	exit $failed
}
