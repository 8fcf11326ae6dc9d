#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# demux_gen.pl JSON HEADER [user]: from what mig --json says and the server's header,
# print a description of the interface for demux_fuzz.c and an implementation of
# its routines, of its translation functions too; for the user's side callers of
# all routines, for demux_user.c.
use strict;
use warnings;
use JSON::PP;

my ($json, $header, $user) = @ARGV;
sub slurp {
	open my $f, '<', $_[0] or die "error: $_[0]: $!\n";
	local $/;
	return scalar <$f>;
}
my $interface = decode_json(slurp($json));
my $text = slurp($header);
my $kernel = $interface->{kernel_server} ? 1 : 0;

sub has {
	my ($arg, $flag) = @_;
	return (grep { $_ eq $flag } @{$arg->{flags}}) ? 1 : 0;
}

my %sources = (requestport => 'REQUEST_PORT', replyport => 'REPLY_PORT',
    sreplyport => 'REPLY_PORT', msgseqno => 'SEQNO', sectoken => 'SECURITY',
    audittoken => 'AUDIT', contexttoken => 'CONTEXT');
my %trailers = (msgseqno => 'SEQNO', sectoken => 'SECURITY',
    audittoken => 'AUDIT', contexttoken => 'CONTEXT');

sub disposition {
	my ($name) = @_;
	return 0 unless defined $name;
	return $name eq 'polymorphic' ? 'FUZZ_POLY' : $name;
}

# Arguments that share a count have that of the first before them.
sub find_counters {
	my ($r) = @_;
	my ($i, $last) = (0, 0);
	for my $arg (@{$r->{arguments}}) {
		$last = $i unless has($arg, 'samecount');
		$arg->{counter} = $last;
		$arg->{counted} = $r->{arguments}[$last]{name} . 'Cnt';
		$arg->{own} = $last == $i++;
	}
}

sub print_arg {
	my ($arg, $memories) = @_;
	my $t = $arg->{type};
	my $memory = $t->{memory} // $t;
	my $lent = !$memory->{pointer} || has($arg, 'auto');
	my $in = $arg->{in_request} ? 1 : 0;
	my $out = $arg->{in_reply} ? 1 : 0;
	my %fields = (
		source => 'FUZZ_' . ($sources{$arg->{kind}} // 'BODY'),
		in => $in,
		out => $out,
		port => $t->{port} ? 1 : 0,
		memory => $t->{out_of_line} ? 1 : 0,
		variable => $t->{variable} ? 1 : 0,
		string => $t->{shape} eq 'string' ? 1 : 0,
		counter => $arg->{counter},
		taken => $memory->{port} || $out || !$lent || $kernel ? 1 : 0,
		intran => $t->{intran} ? 1 : 0,
		outtran => $t->{outtran} ? 1 : 0,
		dealloc => has($arg, 'dealloc[]') ? 2 : has($arg, 'dealloc'),
		count => $t->{count},
		size => $t->{size},
		unit => $t->{unit} // 0,
		sent => disposition($memory->{sent}),
		received => disposition($memory->{received}),
		memories => $t->{memory} ? "&$memories" : 0,
	);
	@fields{qw(size unit)} = ("sizeof($t->{raw})") x 2 if $t->{raw};
	print "\t{.name = \"$arg->{name}\"";
	print ", .$_ = $fields{$_}" for sort grep { $fields{$_} } keys %fields;
	print "},\n";
}

# One of an array of memories.
sub print_memory {
	my ($t, $name) = @_;
	printf "static const struct fuzz_memory %s = {.variable = %d, " .
	    ".port = %d, .count = %u, .size = %u, .unit = %u};\n", $name,
	    $t->{variable} ? 1 : 0, $t->{port} ? 1 : 0, $t->{count},
	    $t->{size}, $t->{port} ? 4 : $t->{unit};
}

# Sizes that only the C compiler knows are not in min and max.
sub print_fields {
	my ($name, $message, $index, $raw) = @_;
	print "static const struct fuzz_field $name\[] = {\n";
	for my $f (@{$message->{fields}}) {
		my $arg = defined $f->{argument} ? $index->{$f->{argument}} : -1;
		my ($size, $padding) = ($f->{size}, $f->{padding});
		my $type = $raw->{$f->{argument} // ''};
		if ($type && $f->{kind} =~ /^(data|variable)$/) {
			$size = "MIG_RAW($type)";
			$padding = "$size - sizeof($type)";
			$message->{max} .= " + $size";
			$message->{min} .= " + $size" if $f->{kind} eq 'data';
		}
		printf "\t{FUZZ_%s, %d, %s, %s},\n", uc $f->{kind}, $arg,
		    $size, $padding;
	}
	print "};\n";
}

sub layout {
	my ($name, $message) = @_;
	return "{$message->{min}, $message->{max}, $message->{descriptors}, " .
	    "$name, sizeof($name) / sizeof($name\[0])}";
}

# What a function of the type returns and takes; made once.
my %made;
sub print_translation {
	my ($t, $body) = @_;
	my $result = $t->{result} // 'void';
	return if $made{$t->{function}}++;
	print "$result $t->{function}($t->{parameter} mig_value);\n";
	print "$result\n$t->{function}($t->{parameter} mig_value)\n{\n$body}\n\n";
}

sub print_translations {
	my ($type) = @_;
	my ($in, $out, $done) = @{$type}{qw(intran outtran destructor)};
	if ($in) {
		my $has = $done ? 1 : 0;
		print_translation($in, $in->{result} =~ /\*\s*$/
		    ? "\t(void)mig_value;\n\treturn fuzz_intran($has);\n"
		    : "\t$in->{result} mig_result;\n\n\t(void)mig_value;\n" .
		      "\t__builtin_memset(&mig_result, 0, sizeof(mig_result));\n" .
		      "\treturn mig_result;\n");
	}
	if ($out) {
		my $object = $out->{parameter} =~ /\*\s*$/ ? 'mig_value'
		    : '(void *)0';
		print_translation($out, "\t$out->{result} mig_result;\n\n" .
		    "\t(void)mig_value;\n" .
		    "\tfuzz_outtran(&mig_result, sizeof(mig_result), $object);\n" .
		    "\treturn mig_result;\n");
	}
	print_translation($done, $done->{parameter} =~ /\*\s*$/
	    ? "\tfuzz_done(mig_value);\n" : "\t(void)mig_value;\n") if $done;
}

sub see_in {
	my ($arg, $i) = @_;
	my $t = $arg->{type};
	my $name = $arg->{name};
	my $star = $arg->{in_reply} ? '' : '&';
	my $at = $arg->{in_reply} ? '*' : '';
	my $count = $t->{variable} && $t->{shape} ne 'string'
	    ? "$at$arg->{counted}" : $t->{count};
	my $poly = $t->{port} && $t->{received} eq 'polymorphic'
	    ? "\tfuzz_in_poly($i, $at${name}Poly);\n" : '';
	my $more = has($arg, 'servercopy') ? "\t(void)${name}SCopy;\n" : '';
	if ($t->{memory}) {
		my $subs = $t->{memory}{variable} ? "${name}Subs" : '(void *)0';
		return "\tfuzz_in_memories($i, $name, $count, $subs);\n";
	}
	if ($t->{raw} && !$arg->{in_reply}) {
		return "\tfuzz_in($i, &$name, sizeof($name));\n"
		    unless $text =~ /\Q$t->{raw}\E const \*$name[,)]/;
		my $some = $t->{variable} ? "\tif (fuzz_call.in[$i].count > 0)\n\t"
		    : '';
		return "$some\tfuzz_in($i, $name, sizeof(*$name));\n";
	}
	if ($t->{intran}) {
		my $pointer = $t->{intran}{result} =~ /\*\s*$/;
		my $value = $arg->{in_reply} ? "*$name" : $name;
		return $pointer ? "\tfuzz_in_object($value);\n"
		    : "\t(void)$value;\n";
	}
	return "\tfuzz_in_memory($i, (uint64_t)(uintptr_t)$at$name, $count);\n" .
	    $poly . $more if $t->{out_of_line};
	if ($t->{shape} eq 'scalar' || $t->{shape} eq 'struct') {
		return "\tfuzz_in($i, $star$name, sizeof(" .
		    ($star ? $name : "*$name") . "));\n$poly";
	}
	return "\tfuzz_in_ports($i, $name, $count);\n$poly$more" if $t->{port};
	return "\tfuzz_in_string($i, $name);\n$more" if $t->{shape} eq 'string';
	return "\tfuzz_in_array($i, $name, _Alignof(__typeof__(*$name)), " .
	    "$count);\n$more";
}

sub make_out {
	my ($arg, $i) = @_;
	my $t = $arg->{type};
	my $name = $arg->{name};
	my $variable = $t->{variable} && $t->{shape} ne 'string';
	my $count = $variable && $arg->{own} ? "${name}Cnt" : '(void *)0';
	my $poly = $t->{port} && $t->{sent} eq 'polymorphic'
	    ? "\t*${name}Poly = fuzz_out_poly($i);\n" : '';
	my $dealloc = has($arg, 'dealloc[]')
	    ? "\t*${name}Dealloc = fuzz_out_dealloc($i);\n" : '';
	if ($t->{memory}) {
		my $subs = $t->{memory}{variable} ? "${name}Subs" : '(void *)0';
		return "\tfuzz_out_memories($i, $name, $count, $subs);\n$dealloc";
	}
	if ($t->{outtran}) {
		return "\t*$name = fuzz_out_object();\n"
		    if $t->{outtran}{parameter} =~ /\*\s*$/;
		return "\t__builtin_memset($name, 0, sizeof(*$name));\n";
	}
	return "\t*$name = (__typeof__(*$name))(uintptr_t)" .
	    "fuzz_out_text($i);\n$dealloc" if $t->{out_of_line} &&
	    $t->{shape} eq 'string';
	return "\t*$name = (__typeof__(*$name))(uintptr_t)" .
	    "fuzz_out_memory($i, $count);\n$poly$dealloc" if $t->{out_of_line};
	return "\tfuzz_out($i, $name, sizeof(*$name));\n$poly"
	    if $t->{shape} eq 'scalar' || $t->{shape} eq 'struct';
	return "\tfuzz_out_string($i, $name);\n" if $t->{shape} eq 'string';
	return "\tfuzz_out_array($i, $name, $count);\n$poly";
}

sub print_function {
	my ($r, $number) = @_;
	my $function = $r->{server_function};
	$text =~ /^(kern_return_t) (\Q$function\E\([^;]*\));/m
	    or die "error: no prototype of $function\n";
	print "$1\n$2\n{\n\tfuzz_begin($number);\n";
	my $i = -1;
	my $out = '';
	for my $arg (@{$r->{arguments}}) {
		$i++;
		next unless $arg->{server_parameter};
		print see_in($arg, $i) if !$arg->{in_reply} || $arg->{in_request};
		$out .= make_out($arg, $i) if $arg->{in_reply};
	}
	print $out, "\treturn fuzz_end();\n}\n\n";
}

# A parameter of a user's function: its variables, arguments, what is checked.
sub caller_in {
	my ($arg, $i) = @_;
	my ($t, $name) = ($arg->{type}, "x_$arg->{name}");
	my $own = $t->{variable} && $t->{shape} ne 'string' && $arg->{own};
	my $count = $own ? "&${name}Cnt" : '(void *)0';
	my $type = $t->{user_ctype};
	my @names = ($name);
	my $code = $own ? "\tmach_msg_type_number_t ${name}Cnt = 0;\n" : '';
	push @names, "${name}Cnt" if $own;
	if ($t->{out_of_line}) {
		my $give = $t->{shape} eq 'string' ? "fuzz_give_string($i)"
		    : "fuzz_give_memory($i, $count)";
		$code .= "\t$type $name = ($type)(uintptr_t)$give;\n";
	} elsif ($t->{shape} eq 'string') {
		$code .= "\tchar *$name = fuzz_give_string($i);\n";
	} elsif ($t->{shape} eq 'array') {
		$code .= "\tvoid *$name = fuzz_give_array($i, $count);\n";
	} else {
		$code .= "\t$type $name;\n\t__builtin_memset(&$name, 0, " .
		    "sizeof($name));\n";
		$code .= "\tfuzz_bytes(&$name, sizeof($name));\n"
		    if $arg->{in_request};
		$names[0] = "&$name" if $arg->{in_reply};
	}
	push @names, 'MACH_MSG_TYPE_COPY_SEND'
	    if ($t->{sent} // '') eq 'polymorphic';
	push @names, 'FALSE' if has($arg, 'dealloc[]');
	return ($code, \@names);
}

sub caller_out {
	my ($arg, $i) = @_;
	my ($t, $name) = ($arg->{type}, "x_$arg->{name}");
	my $counted = $t->{variable} && $t->{shape} ne 'string';
	my $own = $counted && $arg->{own};
	my $room = has($arg, 'countinout') ||
	    has($arg, 'samecount') && $arg->{roomy};
	my @names = ($name);
	my ($code, $check) = ('', '');
	my $count = $counted ? "x_$arg->{counted}" : $t->{count};
	if ($own) {
		$code = "\tmach_msg_type_number_t ${name}Cnt = 0;\n";
		push @names, "&${name}Cnt";
	}
	if ($t->{out_of_line}) {
		$code .= "\t$t->{user_ctype} $name = 0;\n";
		$check = "\tfuzz_got_memory($i, (uint64_t)(uintptr_t)$name, " .
		    "$count);\n";
		$check = "\tfuzz_got_memory($i, (uint64_t)(uintptr_t)$name, 0);\n"
		    if $t->{shape} eq 'string';
		$names[0] = "&$name";
	} elsif ($t->{shape} eq 'string' || $t->{shape} eq 'array') {
		my $most = $room && $own ? "&${name}Cnt" : '(void *)0';
		$code .= $room
		    ? "\tvoid *$name = fuzz_give_room($i, $most);\n"
		    : "\tvoid *$name = fuzz_give_most($i);\n";
		$check = $t->{shape} eq 'string' ? "\tfuzz_got_string($i, $name);\n"
		    : "\tfuzz_got_array($i, $name, $count);\n";
	} else {
		$code .= "\t$t->{user_ctype} $name;\n";
		$check = "\tfuzz_got($i, &$name, sizeof($name));\n";
		$names[0] = "&$name";
	}
	if (($t->{received} // '') eq 'polymorphic') {
		$code .= "\tmach_msg_type_name_t ${name}Poly;\n";
		push @names, "&${name}Poly";
		$check .= "\tfuzz_got_poly($i, ${name}Poly);\n";
	}
	return ($code, \@names, $check);
}

sub print_caller {
	my ($r, $number) = @_;
	my ($code, $check, @names) = ('', '');
	my ($i, $roomy) = (-1, 0);
	for my $arg (@{$r->{arguments}}) {
		$i++;
		$roomy = has($arg, 'countinout') unless has($arg, 'samecount');
		$arg->{roomy} = $roomy;
		next unless $arg->{user_parameter};
		my $out = $arg->{in_reply} || $arg->{kind} =~ /token$|seqno$/;
		my ($c, $n, $k) = $arg->{in_request} || !$out
		    ? caller_in($arg, $i) : caller_out($arg, $i);
		if ($arg->{in_reply} && $arg->{in_request}) {
			my $t = $arg->{type};
			$k = $t->{shape} eq 'array'
			    ? "\tfuzz_got_array($i, x_$arg->{name}, $t->{count});\n"
			    : "\tfuzz_got($i, &x_$arg->{name}, " .
			      "sizeof(x_$arg->{name}));\n";
		}
		$code .= $c;
		$check .= $k // '';
		push @names, @$n;
	}
	print "static void\ncall_$r->{name}(void)\n{\n",
	    "\tfuzz_call_start($number);\n$code",
	    "\tif (!fuzz_call_done($r->{user_function}(\n\t    ",
	    join(', ', @names), ")))\n\t\treturn;\n$check}\n\n";
}

sub print_tables {
	my ($r) = @_;
	my $name = $r->{name};
	my ($i, %index, %raw) = (0);
	print_memory($_->{type}{memory}, "memory_${name}_$_->{name}")
	    for grep { $_->{type}{memory} } @{$r->{arguments}};
	print "static const struct fuzz_arg args_$name\[] = {\n";
	for my $arg (@{$r->{arguments}}) {
		$index{$arg->{name}} = $i++;
		$raw{$arg->{name}} = $arg->{type}{raw} if $arg->{type}{raw};
		print_arg($arg, "memory_${name}_$arg->{name}");
	}
	print "\t{.name = \"\"}};\n";
	print_fields("request_$name", $r->{request}, \%index, \%raw);
	print_fields("reply_$name", $r->{reply}, \%index, \%raw) if $r->{reply};
}

sub print_routine {
	my ($r) = @_;
	my $name = $r->{name};
	my ($count, $trailer, @order) = (scalar @{$r->{arguments}}, '0',
	    qw(msgseqno sectoken audittoken contexttoken));
	my $side = $user ? 'user_parameter' : 'server_parameter';
	for my $kind (@order) {
		$trailer = "MACH_MSG_TRAILER_$trailers{$kind}_SIZE" if
		    grep { $_->{kind} eq $kind && $_->{$side} }
		    @{$r->{arguments}};
	}
	die "error: $name: too many arguments\n" if $count > 32;
	print "\t{.name = \"$name\", .id = $r->{id}, .trailer = $trailer,\n";
	print "\t    .args = args_$name, .arg_count = $count,\n";
	print "\t    .simple = ", ($r->{reply} ? 0 : 1), ",\n";
	print "\t    .reply = ", layout("reply_$name", $r->{reply}), ",\n" if
	    $r->{reply};
	print "\t    .request = ", layout("request_$name", $r->{request}),
	    "},\n";
}

print "/* Made by demux_gen.pl. */\n#include \"$header\"\n",
    "#include \"demux_fuzz.h\"\n\n#pragma GCC diagnostic ignored " .
    "\"-Wredundant-decls\"\n\n";
find_counters($_) for @{$interface->{routines}};
my $number = 0;
if ($user) {
	print_caller($_, $number++) for @{$interface->{routines}};
} else {
	for my $r (@{$interface->{routines}}) {
		print_translations($_->{type})
		    for grep { $_->{server_parameter} } @{$r->{arguments}};
	}
	print_function($_, $number++) for @{$interface->{routines}};
}
print_tables($_) for @{$interface->{routines}};
print "static const struct fuzz_routine routines[] = {\n";
print_routine($_) for @{$interface->{routines}};
print "};\n\n";
if ($user) {
	print "static void (*const calls[])(void) = {\n";
	print "\tcall_$_->{name},\n" for @{$interface->{routines}};
	print "};\n\n";
}
my $side = $user ? ".calls = calls"
    : ".demux = $interface->{server_demux},\n\t.subsystem = " .
      "&$interface->{subsystem}_subsystem";
print "const struct fuzz_interface fuzz_interface = {\n",
    "\t.name = \"$interface->{subsystem}\", .kernel_server = $kernel,\n",
    "\t$side,\n",
    "\t.routines = routines, .routine_count = $number};\n";
