#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# mktable.pl FILE.json... <traps.tbl: the tables of rpc.h, of what `mig --json`
# says of the interfaces and of the table of traps.
use strict;
use warnings;
use JSON::PP;

# How a value is shown, by the name of its type.
my %form = (
	boolean_t => 'BOOLEAN', vm_prot_t => 'PROTECTION', char => 'BYTES',
	mach_port_right_t => 'RIGHT', mach_msg_type_name_t => 'DISPOSITION',
	MACH_MSG_TYPE_BYTE => 'BYTES', kern_return_t => 'CODE',
	mach_msg_return_t => 'CODE',
	map({ $_ => 'HEX' } qw(mach_port_name_t mach_port_t vm_address_t
	    vm_offset_t mach_port_type_t)),
	map({ $_ => 'SIGNED' } qw(int integer_t int16_t int32_t int64_t
	    mach_port_delta_t)),
);

my %kind = (
	port => 'PORT', memory => 'MEMORY', ports => 'PORTS',
	memories => 'MEMORIES', count => 'COUNT', data => 'DATA',
	variable => 'VARIABLE', ndr => 'SKIP', capacity => 'SKIP',
	string_offset => 'SKIP', counts => 'SKIP', return_code => 'CODE',
);

sub form {
	my $t = shift;
	return 'TEXT' if $t->{shape} eq 'string';
	for my $name ($t->{name}, $t->{element}, $t->{user_ctype}) {
		return $form{$name} if defined $name && $form{$name};
	}
	return 'UNSIGNED';
}

# Bytes of one of the numbers that a value is made of.
sub width {
	my $t = shift;
	return $t->{size} if $t->{shape} eq 'scalar';
	for (grep { defined } $t->{element}, $t->{user_ctype}) {
		return 1 if /char|BYTE/;
		return 8 if /64|^vm_(address|offset|size)_t/;
	}
	return 4;
}

my @fields = ("\t{0},\n");
my (%routine, @routines, @traps);

# The fields of a message, and where they begin in the table.
sub message {
	my ($r, $m) = @_;
	return 0 unless $m;
	my %argument = map { $_->{name} => $_ } @{$r->{arguments}};
	my $at = @fields;
	for my $f (@{$m->{fields}}) {
		my $kind = $kind{$f->{kind}} or next;
		my $a = $argument{$f->{argument} // ''};
		my $t = $a ? $a->{type} : {shape => 'scalar', size => 4};
		push @fields, sprintf
		    "\t{\"%s\", FIELD_%s, FORM_%s, %d, %d, %d},\n",
		    $f->{argument} // '', $kind, form($t), width($t),
		    $t->{unit} || 1, $f->{size} + $f->{padding};
	}
	push @fields, "\t{0},\n";
	return $at;
}

for my $file (@ARGV) {
	local $/;
	open my $in, '<', $file or die "$file: $!\n";
	my $interface = decode_json(<$in>);
	for my $r (@{$interface->{routines}}) {
		my ($target) = grep { $_->{kind} eq 'requestport' }
		    @{$r->{arguments}};
		warn "$file: $r->{name} has the id of $routine{$r->{id}}\n"
		    if $routine{$r->{id}};
		$routine{$r->{id}} = $r->{name};
		push @routines, [$r->{id}, sprintf
		    "\t{%d, \"%s\", \"%s\", %s, %d, %d},\n", $r->{id},
		    $r->{name}, $target ? $target->{name} : 'port',
		    $r->{kind} eq 'routine' ? 'true' : 'false',
		    message($r, $r->{request}), message($r, $r->{reply})];
	}
}

while (<STDIN>) {
	next if /^#/ || !/\S/;
	my ($number, $name, $count, $result, $list) =
	    /^(-?\d+) (\w+) (\d+) (\S+(?: \*)?) ?\((.*)\)/ or die "trap: $_";
	my @args;
	for my $parameter ($count ? split(/, /, $list) : ()) {
		my ($type, $star, $arg) = $parameter =~
		    /^(?:const )?(\w+) (\*?)(\w+)$/ or die "trap: $_";
		my $wide = $type =~ /^(vm_(address|offset|size)_t|u?int64_t)$/;
		my $out = $star && $parameter !~ /const|mach_msg_header_t/;
		push @args, sprintf '{"%s", FORM_%s, %d, %d}', $arg,
		    $star && !$out ? 'HEX' : $form{$type} // 'UNSIGNED',
		    $wide || $star && !$out ? 8 : 4, $out ? 1 : 0;
	}
	$name =~ s/^syscall_//;
	push @traps, sprintf "\t{%d, \"%s\", FORM_%s, %d, {%s}},\n", $number,
	    $name, $form{$result} // 'UNSIGNED', $count,
	    @args ? join(', ', @args) : '{0}';
}

print "/* Made by mktable.pl. */\n#include <librpc/rpc.h>\n\n";
print "const struct rpc_field rpc_fields[] = {\n", @fields, "};\n\n";
print "const struct rpc_routine rpc_routines[] = {\n",
    map({ $_->[1] } sort { $a->[0] <=> $b->[0] } @routines), "};\n";
print "const unsigned rpc_routine_count = ", scalar @routines, ";\n\n";
print "const struct rpc_trap rpc_traps[] = {\n", @traps, "};\n";
print "const unsigned rpc_trap_count = ", scalar @traps, ";\n";
