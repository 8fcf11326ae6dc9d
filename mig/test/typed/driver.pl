#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# driver.pl JSON USER-HEADER SERVER-HEADER TOOL...: C that calls and implements
# every routine of a typed interface, for mach.h. A tool is a name: its stubs
# were made with -prefix NAMEu_ (user) and NAMEs_ (server), its headers are
# NAME_user.h and NAME_server.h; NAME_names.h is written, for its server. The two
# headers named are of the tool whose prototypes are used: the compiler
# says if those of another differ.
use strict;
use warnings;
use JSON::PP;

my ($json, $user_header, $server_header, @tools) = @ARGV;
sub read_file {
	my ($path) = @_;
	open my $f, '<', $path or die "error: $path: $!\n";
	local $/;
	return <$f>;
}
my $interface = decode_json(read_file($json));
my ($user_text, $server_text) = (read_file($user_header), read_file($server_header));
my $demux = $interface->{server_demux};
# A serverdemux statement names it for all tools: they get names of their own.
my $own_demux = $server_text !~ /\b$tools[-1]s_\Q$demux\E\b/;
for my $tool (@tools) {
	open my $f, '>', "${tool}_names.h" or die "error: ${tool}_names.h: $!\n";
	next if !$own_demux;
	print $f "#define $demux$_ ${tool}s_$demux$_\n" for '', '_routines', '_routine';
}

# The parameters of a function, name => type, and as written.
sub parameters {
	my ($text, $function) = @_;
	$text =~ /kern_return_t\s+\Q$function\E\s*\(([^;]*?)\)\s*;/s
	    or die "error: no prototype of $function\n";
	my $all = $1;
	my %types;
	for (split /,/, $all) {
		s/^\s+|\s+$//g;
		$types{$2} = $1 if /^(.*?)\s*(\w+)$/s;
	}
	return ($all, \%types);
}

sub element_size {
	my ($type) = @_;
	return $type->{element} ? "sizeof($type->{element})" : '1';
}

# How many elements of the C type `element` a count of one stands for.
sub per_count {
	my ($type) = @_;
	return 1 if !$type->{count} || !$type->{elements};
	return $type->{elements} / $type->{count};
}

sub bytes {
	my ($type, $count) = @_;
	return "(uint64_t)$count * " . per_count($type) . ' * ' . element_size($type);
}

sub is_list { my ($t) = @_; return $t->{shape} eq 'array' || $t->{shape} eq 'string'; }
sub is_indefinite { my ($t) = @_; return $t->{unbounded} && !$t->{out_of_line}; }
sub flag { my ($a, $f) = @_; return grep { $_ eq $f } @{$a->{flags}}; }
sub shared { my ($a) = @_; return flag($a, 'samecount'); }
sub has_count { my ($t) = @_; return $t->{variable} && $t->{shape} ne 'string'; }

# What an implementation gets.
sub server_in {
	my ($a, $has) = @_;
	my ($n, $t, $c) = ($a->{name}, $a->{type}, '');
	my $star = $a->{in_reply} ? '*' : '';
	if ($t->{out_of_line}) {
		my $count = $t->{variable} ? "$star$a->{count}Cnt" : $t->{count};
		$c .= "\tmix_memory(mig_digest, (uintptr_t)$star$n, " . bytes($t, $count) . ");\n";
	} elsif (is_indefinite($t)) {
		$c .= "\tmix_memory(mig_digest, (uintptr_t)$n, " . bytes($t, "$a->{count}Cnt") . ");\n";
	} elsif ($t->{shape} eq 'string') {
		$c .= "\tmix_string(mig_digest, $n, $t->{count});\n";
	} elsif (is_list($t)) {
		my $count = $t->{variable} ? "$a->{count}Cnt" : $t->{count};
		$c .= "\tif ($count > $t->{count})\n\t\ttest_exit(3);\n" if $t->{variable};
		$c .= "\tmix(mig_digest, $n, " . bytes($t, $count) . ");\n";
	} else {
		$c .= $star ? "\tmix(mig_digest, $n, sizeof(*$n));\n" : "\tmix(mig_digest, &$n, sizeof($n));\n";
	}
	$c .= "\tmix(mig_digest, &${n}Cnt, sizeof(${n}Cnt));\n" if $has->{"${n}Cnt"} && !$a->{in_reply};
	$c .= "\tmix(mig_digest, " . ($star ? "${n}Poly, sizeof(*${n}Poly)" : "&${n}Poly, sizeof(${n}Poly)") . ");\n"
	    if $has->{"${n}Poly"};
	$c .= "\tmix(mig_digest, &${n}SCopy, sizeof(${n}SCopy));\n" if $has->{"${n}SCopy"};
	return $c;
}

# What it gives.
sub server_out {
	my ($a, $has) = @_;
	my ($n, $t, $c) = ($a->{name}, $a->{type}, '');
	if ($t->{out_of_line}) {
		$c .= "\t*(void **)$n = memory + random_below(64) * 16;\n";
		$c .= "\t*${n}Cnt = pick_count(500);\n" if $t->{variable} && !shared($a);
	} elsif (is_indefinite($t) && shared($a)) {
		$c .= "\t*(void **)$n = memory;\n";
	} elsif (has_count($t) && shared($a)) {
		$c .= "\tfill($n, (uint32_t)(" . bytes($t, "*$a->{count}Cnt") . "));\n";
	} elsif (is_indefinite($t)) {
		$c .= "\tif (random_below(2) != 0) {\n\t\t*(void **)$n = memory;\n\t\t*${n}Cnt = pick_count(600);\n";
		$c .= "\t} else {\n\t\t*${n}Cnt = pick_count(*${n}Cnt);\n\t\tfill((void *)*$n, (uint32_t)(" . bytes($t, "*${n}Cnt") . "));\n\t}\n";
	} elsif ($t->{shape} eq 'string') {
		$c .= "\tfill_string($n, $t->{count});\n";
	} elsif (has_count($t)) {
		$c .= "\t*${n}Cnt = pick_count(*${n}Cnt);\n\tfill($n, (uint32_t)(" . bytes($t, "*${n}Cnt") . "));\n";
	} elsif (is_list($t)) {
		$c .= "\tfill($n, (uint32_t)(" . bytes($t, $t->{count}) . "));\n";
	} else {
		$c .= "\tfill($n, sizeof(*$n));\n";
	}
	$c .= "\t*${n}Poly = pick_disposition();\n" if $has->{"${n}Poly"};
	$c .= "\t*${n}Dealloc = random_below(2) != 0;\n" if $has->{"${n}Dealloc"};
	return $c;
}

sub implementation {
	my ($r) = @_;
	my ($all, $has) = parameters($server_text, "$tools[-1]s_$r->{server_function}");
	my ($in, $out) = ('', '');
	for my $a (@{$r->{arguments}}) {
		next if !$a->{server_parameter};
		$in .= server_in($a, $has) if !$a->{in_reply} || $a->{in_request};
		$out .= server_out($a, $has) if $a->{in_reply};
	}
	print "#define IMPLEMENT_$r->{name}(function) \\\n";
	my $text = "kern_return_t function($all)\n{\n\tuint32_t *mig_digest = &current->server;\n\tkern_return_t mig_code;\n\n"
	    . "\tcurrent->calls++;\n\tmix(mig_digest, \"$r->{name}\", " . length($r->{name}) . ");\n"
	    . $in . "\tmig_code = pick_code();\n\tif (mig_code != KERN_SUCCESS)\n\t\treturn mig_code;\n" . $out . "\treturn mig_code;\n}";
	$text =~ s/\n/ \\\n/g;
	print "$text\n\n";
	print "IMPLEMENT_$r->{name}(${_}s_$r->{server_function})\n" for @tools;
	print "\n";
}

# A caller's variables for an argument; then what it passes; then what it got.
sub client_argument {
	my ($a, $types) = @_;
	my ($n, $t) = ($a->{name}, $a->{type});
	my ($declare, $pass, $after) = ('', '', '');
	my $type = $types->{$n};
	my $out = $a->{in_reply};
	my $room = "${n}_room";
	if ($t->{out_of_line} && !$out) {
		$declare .= "\tvoid *v_$n = memory + random_below(64) * 16;\n";
		$pass = "($type)(uintptr_t)v_$n";
	} elsif ($t->{out_of_line}) {
		$declare .= "\tvoid *v_$n = " . ($a->{in_request} ? "memory + random_below(64) * 16" : 0) . ";\n";
		$pass = "($type)&v_$n";
		my $count = $t->{variable} ? "v_$a->{count}Cnt" : $t->{count};
		$after .= "\tmix_memory(mig_digest, (uintptr_t)v_$n, " . bytes($t, $count) . ");\n";
	} elsif (is_indefinite($t) && !$out) {
		$declare .= "\tvoid *v_$n = memory + random_below(64) * 16;\n";
		$pass = "($type)v_$n";
	} elsif (is_indefinite($t)) {
		$declare .= "\tstatic uint64_t $room\[4096];\n\tvoid *v_$n = $room;\n";
		$pass = "($type)&v_$n";
		$after .= "\tmix(mig_digest, v_$n, " . bytes($t, "v_$a->{count}Cnt") . ");\n";
	} elsif (is_list($t)) {
		$declare .= "\tstatic uint64_t $room\[8192];\n";
		$pass = "(void *)$room";
		if ($t->{shape} eq 'string') {
			$declare .= "\tfill_string((char *)$room, $t->{count});\n";
			$after .= "\tmix_string(mig_digest, (char *)$room, $t->{count});\n" if $out;
		} else {
			$declare .= "\tfill($room, sizeof($room));\n" if !$out || $a->{in_request};
			my $count = $t->{variable} ? "v_$a->{count}Cnt" : $t->{count};
			$after .= "\tmix(mig_digest, $room, " . bytes($t, $count) . ");\n" if $out;
		}
	} else {
		my $base = $type;
		$base =~ s/\s*\*$// if $out;
		$declare .= "\t$base v_$n;\n\tfill(&v_$n, sizeof(v_$n));\n";
		$pass = $out ? "&v_$n" : "v_$n";
		$after .= "\tmix(mig_digest, &v_$n, sizeof(v_$n));\n" if $out;
	}
	if ($types->{"${n}Poly"}) {
		$declare .= "\tmach_msg_type_name_t v_${n}Poly = pick_disposition();\n";
		my $address = $types->{"${n}Poly"} =~ /\*/;
		$pass .= ($address ? ', &' : ', ') . "v_${n}Poly";
		$after .= "\tmix(mig_digest, &v_${n}Poly, sizeof(v_${n}Poly));\n" if $address;
	}
	if ($types->{"${n}Cnt"}) {
		my $most = $t->{out_of_line} ? 500 : is_indefinite($t) ? 600 : $out ? $t->{count} : $t->{count} + 1;
		$declare .= "\tmach_msg_type_number_t v_${n}Cnt = pick_count($most);\n";
		$pass .= ($out ? ', &' : ', ') . "v_${n}Cnt";
		$after .= "\tmix(mig_digest, &v_${n}Cnt, sizeof(v_${n}Cnt));\n" if $out;
	}
	if ($types->{"${n}Dealloc"}) {
		$declare .= "\tboolean_t v_${n}Dealloc = random_below(2) != 0;\n";
		$pass .= ", v_${n}Dealloc";
	}
	return ($declare, $pass, $after);
}

sub caller_of {
	my ($r) = @_;
	my (undef, $types) = parameters($user_text, "$tools[-1]u_$r->{user_function}");
	my ($declare, @pass, $after) = ('');
	$after = '';
	for my $a (@{$r->{arguments}}) {
		next if !$a->{user_parameter};
		my ($d, $p, $t) = client_argument($a, $types);
		$declare .= $d;
		push @pass, $p;
		$after .= $t;
	}
	print "static kern_return_t\ncall_$r->{name}(uint32_t tool)\n{\n";
	print "\tstatic __typeof__(&$tools[-1]u_$r->{user_function}) const functions[] = {\n\t\t",
	    join(', ', map { "${_}u_$r->{user_function}" } @tools), "};\n";
	print "\tuint32_t *mig_digest = &current->client;\n\tkern_return_t mig_code;\n", $declare;
	print "\tmig_code = functions[tool](\n\t    ", join(",\n\t    ", @pass), ");\n";
	print "\tif (mig_code != KERN_SUCCESS)\n\t\treturn mig_code;\n", $after;
	print "\t(void)mig_digest;\n\treturn mig_code;\n}\n\n";
}

print "#include \"mach.h\"\n#include \"types.h\"\n\n";
for my $tool (@tools) {
	print "#undef _$interface->{subsystem}_user_\n#undef _$interface->{subsystem}_server_\n";
	print "#include \"${tool}_names.h\"\n" if $own_demux;
	print "#include \"${tool}_user.h\"\n#include \"${tool}_server.h\"\n";
	if ($own_demux) {
		print "#undef $demux$_\n" for '', '_routines', '_routine';
	}
	print "extern boolean_t ${tool}s_$demux(mach_msg_header_t *, mach_msg_header_t *);\n\n";
}
my @routines = @{$interface->{routines}};
for my $r (@routines) {
	my $before;
	for my $a (@{$r->{arguments}}) {
		$a->{count} = shared($a) ? $before : $a->{name};
		$before = $a->{count};
	}
}
implementation($_) for @routines;
caller_of($_) for @routines;
print "const uint32_t routine_count = ", scalar(@routines), ";\n";
print "const uint32_t tool_count = ", scalar(@tools), ";\n";
print "const char *const routine_names[] = {", join(', ', map { "\"$_->{name}\"" } @routines), "};\n\n";
print "demux_t\nserver_of(uint32_t tool)\n{\n\tstatic const demux_t servers[] = {",
    join(', ', map { "${_}s_$demux" } @tools), "};\n\n\treturn servers[tool];\n}\n\n";
print "kern_return_t\ncall_routine(uint32_t routine, uint32_t tool)\n{\n";
print "\tstatic kern_return_t (*const calls[])(uint32_t) = {",
    join(', ', map { "call_$_->{name}" } @routines), "};\n\n\treturn calls[routine](tool);\n}\n";
