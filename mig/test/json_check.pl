#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# json_check.pl JSON LIST: is what mig --json wrote JSON, does it say what -list
# says, and do the fields of every message lie one behind the other, from 0 to
# the message's greatest size? Says what is wrong, and fails.
use strict;
use warnings;
use JSON::PP;

my ($json, $list) = @ARGV;
open my $f, '<', $json or die "error: $json: $!\n";
my $interface = decode_json(do { local $/; <$f> });
open my $l, '<', $list or die "error: $list: $!\n";
my @lines = map { chomp; $_ } <$l>;
my $wrong = 0;

sub wrong {
	print "error: @_\n";
	$wrong = 1;
}

sub check_message {
	my ($what, $message) = @_;
	my ($at, $variable, $passed) = (0, 0, 0);
	for my $field (@{$message->{fields}}) {
		wrong("$what: $field->{kind} at $field->{offset}, not $at")
		    if $field->{offset} != $at;
		wrong("$what: $field->{kind} follows $field->{variable_before}")
		    if $field->{variable_before} != $passed;
		$at += $field->{size};
		next if $field->{kind} ne 'variable';
		$variable += $field->{size};
		$passed++;
	}
	wrong("$what: ends at $at, not $message->{max}") if $at != $message->{max};
	wrong("$what: smallest is $message->{min}")
	    if $at - $variable != $message->{min};
}

# The header and a reply with nothing but a code, in each message format.
my %least = (
	'untyped-lp64' => [24, 36], 'untyped-ilp32' => [24, 36],
	'typed-x86_64' => [32, 48], 'typed-i386' => [24, 32],
	'typed-x86_64-2022' => [32, 40]);
my ($max_request, $max_reply) = @{$least{$interface->{abi}} // [0, 0]};
for my $r (@{$interface->{routines}}) {
	my $simple = $r->{kind} eq 'simpleroutine';
	my $want = join ' ', $interface->{subsystem}, $interface->{base},
	    $r->{name}, $r->{id} - $interface->{base}, $r->{id},
	    $simple ? 0 : $r->{reply_id};
	my $line = shift @lines // '';
	wrong("'$want', but -list says '$line'") if $want ne $line;
	check_message("request of $r->{name}", $r->{request});
	my $size = $r->{request}{max};
	$max_request = $size if $size > $max_request;
	wrong("$r->{name}: a reply, or none") if $simple != !exists $r->{reply};
	next if $simple;
	check_message("reply of $r->{name}", $r->{reply});
	$size = $r->{reply}{max};
	$max_reply = $size if $size > $max_reply;
}
wrong("routines are missing: @lines") if @lines;
wrong("max_request") if $max_request != $interface->{max_request};
wrong("max_reply") if $max_reply != $interface->{max_reply};
exit $wrong;
