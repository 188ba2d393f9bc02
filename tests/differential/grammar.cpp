// differential: the productions. Entry point: productions. A function that nobody would find here is
// never compared: whoever adds one to a pack adds a line.
#include "grammar.hpp"

namespace differential {

namespace {

constexpr production all[] = {
    // literals
    {"bool", "true", 3}, {"bool", "false", 3}, {"null_type", "null", 5},
    {"int", "0", 16}, {"int", "1", 16}, {"int", "2", 10}, {"int", "-1", 2}, {"int", "3"}, {"int", "63"}, {"int", "64"}, {"int", "0x7f"},
    {"int", "-0xFF"}, {"int", "9223372036854775807"}, {"int", "-9223372036854775808"}, {"int", "9007199254740992"},
    {"int", "9007199254740993"}, {"int", "-9007199254740993"}, {"int", "253402300799"}, {"int", "-62135596800"}, {"int", "1000"},
    {"uint", "0u", 8}, {"uint", "1u", 8}, {"uint", "2u", 2}, {"uint", "0xfu"}, {"uint", "18446744073709551615u"}, {"uint", "9223372036854775808u"},
    {"uint", "9223372036854775807u"}, {"uint", "9007199254740993u"}, {"uint", "3U"},
    {"double", "0.0", 8}, {"double", "-0.0", 2}, {"double", "1.0", 12}, {"double", "1.5", 10}, {"double", "-2.5"}, {"double", "0.5"}, {"double", ".25"},
    {"double", "1e3"}, {"double", "9007199254740992.0"}, {"double", "9007199254740993.0"}, {"double", "9223372036854775807.0"},
    {"double", "9223372036854775808.0"}, {"double", "18446744073709551615.0"}, {"double", "1e308"}, {"double", "5e-324"}, {"double", "1E-7"},
    {"double", "123456.0"}, {"double", "1234567.5"}, {"double", "1e21"}, {"double", "0.1"}, {"double", "double('NaN')"}, {"double", "double('Infinity')"},
    {"double", "double('-inf')"}, {"double", "0.49999999999999994"}, {"double", "2.0"}, {"double", "-1.0"},
    {"string", "''", 3}, {"string", "'a'", 3}, {"string", "\"b\"", 2}, {"string", "'ab'", 2}, {"string", "'abcab'", 2}, {"string", "'A\\n\\t\\\\'"}, {"string", "'\\u00e9x'"},
    {"string", "'\\U0001F600a'"}, {"string", "'日本語'"}, {"string", "'e\\u0301'"}, {"string", "r'\\d+'"}, {"string", "'''it's\n'''"}, {"string", "\"\"\"x\"y\"\"\""},
    {"string", "'\\x41\\101'"}, {"string", "' \\u00a0x \\u3000'"}, {"string", "'1'"}, {"string", "'-7'"}, {"string", "'true'"}, {"string", "'1.5'"},
    {"string", "'\\u0000'"}, {"string", "'key'"}, {"string", "'k'", 2}, {"string", "','"}, {"string", "'\"q\"'"}, {"string", "R\"\"\"a\\b\"\"\""}, {"string", "'\\a\\b\\f\\v\\?\\`'"},
    {"string", "'a,b,,c'"}, {"string", "'ÀÉßK'"},
    {"bytes", "b''", 2}, {"bytes", "b'abc'", 2}, {"bytes", "b'\\xff\\x00'"}, {"bytes", "b'\\377é'"}, {"bytes", "B\"x\""}, {"bytes", "br'\\n'"}, {"bytes", "b'''\nq'''"},
    {"bytes", "b'\\xf0\\x9f\\x98\\x80'"}, {"bytes", "b'\\xe3\\x81'"},
    {"timestamp", "timestamp('2024-02-29T23:59:59.999999999Z')", 12}, {"timestamp", "timestamp(0)"}, {"timestamp", "timestamp('0001-01-01T00:00:00Z')"},
    {"timestamp", "timestamp('9999-12-31T23:59:59.999999999Z')"}, {"timestamp", "timestamp('1969-12-31T23:59:59.5Z')"},
    {"timestamp", "timestamp('2026-11-27T12:34:56+09:00')", 6}, {"timestamp", "timestamp('2061-07-04T05:06:07Z')", 6}, {"timestamp", "timestamp('2100-03-01T00:00:00.001-05:30')"}, {"timestamp", "timestamp({int})"},
    {"duration", "duration('1h')", 12}, {"duration", "duration('-1.5s')", 10}, {"duration", "duration('0')"}, {"duration", "duration('1ns')"}, {"duration", "duration('9223372036854775807ns')"},
    {"duration", "duration('-2562047h47m16.854775808s')"}, {"duration", "duration('24h')"}, {"duration", "duration('1.5ms2us')"}, {"duration", "duration('-0.999s')"},
    {"type", "int"}, {"type", "string"}, {"type", "list"}, {"type", "map"}, {"type", "null_type"}, {"type", "type"}, {"type", "google.protobuf.Timestamp"}, {"type", "bytes"},
    {"type", "optional_type"}, {"type", "bool"}, {"type", "double"}, {"type", "uint"}, {"type", "type({A})", 4},
    // containers
    {"list(A)", "[]", 2}, {"list(A)", "[{A}]", 3}, {"list(A)", "[{A}, {A}]", 4}, {"list(A)", "[{A}, {A}, {A}]", 4}, {"list(A)", "[?{optional_type(A)}, {A}]", 2},
    {"list(dyn)", "[{A}, {B}]", 3}, {"list(dyn)", "[{A}, {B}, {C}]", 2}, {"list(A)", "[{A}, ?{optional_type(A)}, {A},]"},
    {"map(A, B)", "{}"}, {"map(bool, B)", "{true: {B}, {bool}: {B}}", 2}, {"map(int, B)", "{{int}: {B}, 2: {B}}", 3}, {"map(int, B)", "{1: {B}, 2: {B}, 3: {B}}", 3},
    {"map(uint, B)", "{{uint}: {B}, 7u: {B}}", 2}, {"map(string, B)", "{'k': {B}, 'a': {B}}", 5}, {"map(string, B)", "{{string}: {B}, 'key': {B}}", 3},
    {"map(string, B)", "{'k': {B}, ?'o': {optional_type(B)}}", 2}, {"map(dyn, dyn)", "{1: {A}, 'k': {B}}", 2}, {"map(dyn, dyn)", "{dyn({C}): {A}, 2u: {B}}", 2},
    {"map(string, dyn)", "{'k': {A}, 'a': {B}}", 3},
    // logic
    {"bool", "({bool} && {bool})", 6}, {"bool", "({bool} || {bool})", 6}, {"bool", "!{bool}", 3}, {"bool", "({bool} || {bool} || {bool})", 2}, {"bool", "({bool} && {bool} && {bool})", 2},
    {"bool", "!!{bool}"}, {"bool", "{bool} && {bool} || {bool}"}, {"bool", "{int} + {int} * {int} == {int} % {int}"}, {"bool", "{bool} ? {bool} : {bool}"},
    {"bool", "- {int} < {int} - {int} - {int}"},
    {"A", "({bool} ? {A} : {A})", 5}, {"A", "({A})"},
    // comparison
    {"bool", "({A} == {A})", 8}, {"bool", "({A} != {A})", 4}, {"bool", "(dyn({A}) == {B})", 3}, {"bool", "(dyn({A}) != dyn({B}))", 2}, {"bool", "({list(A)} == {list(A)})", 2},
    {"bool", "({map(A, B)} == {map(A, B)})", 2}, {"bool", "({optional_type(A)} == {optional_type(A)})"}, {"bool", "({type} == {type})", 2},
    {"bool", "({int} < {int})", 2}, {"bool", "({uint} <= {uint})", 2}, {"bool", "({double} > {double})", 2}, {"bool", "({string} >= {string})", 2}, {"bool", "({bytes} < {bytes})"},
    {"bool", "({bool} < {bool})"}, {"bool", "({timestamp} < {timestamp})"}, {"bool", "({duration} >= {duration})"}, {"bool", "({int} < {double})", 2}, {"bool", "({uint} > {int})", 2},
    {"bool", "({double} <= {uint})", 2}, {"bool", "({int} >= {uint})", 2}, {"bool", "({uint} < {double})"}, {"bool", "({double} > {int})", 2}, {"bool", "(dyn({A}) < dyn({B}))"},
    {"bool", "({int} == dyn({double}))", 2}, {"bool", "(dyn({uint}) == {int})", 2}, {"bool", "({double} == dyn({uint}))"},
    {"bool", "({A} in {list(A)})", 4}, {"bool", "(dyn({A}) in {list(dyn)})", 3}, {"bool", "({A} in {map(A, B)})", 2}, {"bool", "(dyn({A}) in {map(dyn, dyn)})", 2},
    // arithmetic
    {"int", "({int} + {int})", 3}, {"int", "({int} - {int})", 3}, {"int", "({int} * {int})", 3}, {"int", "({int} / {int})", 3}, {"int", "({int} % {int})", 3}, {"int", "-({int})", 2},
    {"int", "(-{int})"},
    {"uint", "({uint} + {uint})", 2}, {"uint", "({uint} - {uint})", 2}, {"uint", "({uint} * {uint})", 2}, {"uint", "({uint} / {uint})", 2}, {"uint", "({uint} % {uint})", 2},
    {"double", "({double} + {double})", 2}, {"double", "({double} - {double})", 2}, {"double", "({double} * {double})", 2}, {"double", "({double} / {double})", 2}, {"double", "-({double})", 2},
    {"string", "({string} + {string})", 3}, {"bytes", "({bytes} + {bytes})", 2}, {"list(A)", "({list(A)} + {list(A)})", 3},
    {"timestamp", "({timestamp} + {duration})", 3}, {"timestamp", "({duration} + {timestamp})"}, {"timestamp", "({timestamp} - {duration})", 2},
    {"duration", "({timestamp} - {timestamp})", 2}, {"duration", "({duration} + {duration})", 2}, {"duration", "({duration} - {duration})", 2},
    {"dyn", "(dyn({A}) + dyn({B}))", 2}, {"dyn", "(dyn({A}) - dyn({B}))"}, {"dyn", "-dyn({A})"}, {"bool", "!dyn({A})"},
    // access
    {"A", "{list(A)}[{int}]"}, {"A", "[{A}, {A}][0]", 2}, {"A", "{map(string, A)}.k", 2}, {"A", "{map(string, A)}['k']"}, {"A", "{map(B, A)}[{B}]"}, {"A", "{map(string, A)}.a"}, {"A", "{'k': {A}, 'b': {A}}.k", 2},
    {"dyn", "{list(A)}[dyn({B})]", 2}, {"dyn", "dyn({A})[{B}]"}, {"dyn", "dyn({A}).k", 2}, {"dyn", "dyn({map(string, A)}).a.k"},
    {"bool", "has({map(string, A)}.k)", 3}, {"bool", "has({map(string, A)}.zz)", 2}, {"bool", "has(dyn({A}).k)"}, {"bool", "has({map(string, dyn)}.a.k)", 2},
    {"optional_type(A)", "{map(string, A)}.?k", 4}, {"optional_type(A)", "{map(string, A)}.?zz", 2}, {"optional_type(A)", "{list(A)}[?{int}]", 3},
    {"optional_type(A)", "{map(B, A)}[?{B}]", 2}, {"optional_type(dyn)", "{map(string, dyn)}.?a.k", 2}, {"optional_type(A)", "{optional_type(map(string, A))}.k", 2},
    {"optional_type(A)", "{optional_type(map(string, A))}.?k"}, {"optional_type(A)", "{optional_type(list(A))}[{int}]"}, {"optional_type(A)", "{optional_type(list(A))}[?{int}]"},
    {"bool", "has({optional_type(map(string, A))}.k)"}, {"A", "{map(string, A)}.`k`"},
    // macros
    {"bool", "{list(A)}.all(<A>, {bool})", 5}, {"bool", "{list(A)}.exists(<A>, {bool})", 5}, {"bool", "{list(A)}.exists_one(<A>, {bool})", 3}, {"bool", "{map(A, B)}.all(<A>, {bool})", 2},
    {"bool", "{map(A, B)}.exists(<A>, {bool})", 2}, {"bool", "{map(A, B)}.exists_one(<A>, {bool})"},
    {"list(A)", "{list(B)}.map(<B>, {A})", 4}, {"list(A)", "{list(B)}.map(<B>, {bool}, {A})", 3}, {"list(A)", "{list(A)}.filter(<A>, {bool})", 4}, {"list(A)", "{map(A, B)}.filter(<A>, {bool})"},
    {"list(A)", "{map(A, B)}.map(<A>, {A})"}, {"list(A)", "{map(B, C)}.map(<B>, {bool}, {A})"},
    {"bool", "{list(A)}.all(<int>, <A>, {bool})", 2}, {"bool", "{list(A)}.exists(<int>, <A>, {bool})", 2}, {"bool", "{map(A, B)}.all(<A>, <B>, {bool})", 2}, {"bool", "{map(A, B)}.exists(<A>, <B>, {bool})", 2},
    {"bool", "{list(A)}.existsOne(<int>, <A>, {bool})"}, {"bool", "{map(A, B)}.existsOne(<A>, <B>, {bool})"},
    {"list(A)", "{list(B)}.transformList(<int>, <B>, {A})", 2}, {"list(A)", "{map(B, C)}.transformList(<B>, <C>, {A})", 2}, {"list(A)", "{map(B, C)}.transformList(<B>, <C>, {bool}, {A})"},
    {"list(A)", "{list(B)}.transformList(<int>, <B>, {bool}, {A})"},
    {"map(int, A)", "{list(B)}.transformMap(<int>, <B>, {A})", 2}, {"map(B, A)", "{map(B, C)}.transformMap(<B>, <C>, {A})", 2}, {"map(B, A)", "{map(B, C)}.transformMap(<B>, <C>, {bool}, {A})"},
    {"map(int, A)", "{list(B)}.transformMap(<int>, <B>, {bool}, {A})"}, {"map(A, B)", "{list(C)}.transformMapEntry(<int>, <C>, {map(A, B)})", 2},
    {"map(A, B)", "{map(C, D)}.transformMapEntry(<C>, <D>, {bool}, {map(A, B)})"}, {"map(string, int)", "{list(string)}.transformMapEntry(<int:i0>, <string:v0>, {v0: i0})"},
    {"A", "cel.bind(<=B>, {B}, {A})", 4},
    {"optional_type(A)", "{optional_type(B)}.optMap(<B>, {A})", 3}, {"optional_type(A)", "{optional_type(B)}.optFlatMap(<B>, {optional_type(A)})", 2},
    {"list(A)", "{list(A)}.sortBy(<A>, {int})", 2}, {"list(A)", "{list(A)}.sortBy(<A>, {string})"}, {"list(A)", "{list(A)}.sortBy(<A>, dyn({B}))"}, {"bool", "dyn({A}).all(<dyn>, {bool})"},
    {"list(dyn)", "dyn({A}).map(<dyn>, {B})"}, {"bool", "dyn({A}).exists(<dyn>, <dyn>, {bool})"},
    // conversions
    {"dyn", "dyn({A})", 6}, {"int", "int({uint})"}, {"int", "int({double})", 2}, {"int", "int({string})", 2}, {"int", "int({timestamp})", 3}, {"int", "int({int})"}, {"int", "int({duration})"},
    {"uint", "uint({int})", 3}, {"uint", "uint({double})", 2}, {"uint", "uint({string})"}, {"uint", "uint({uint})"}, {"double", "double({int})", 2}, {"double", "double({uint})"}, {"double", "double({string})", 2},
    {"bool", "bool({string})", 2}, {"bool", "bool({bool})"}, {"string", "string({int})", 2}, {"string", "string({uint})"}, {"string", "string({double})", 3}, {"string", "string({bool})"},
    {"string", "string({bytes})", 2}, {"string", "string({timestamp})", 2}, {"string", "string({duration})", 2}, {"string", "string({string})"}, {"bytes", "bytes({string})", 2}, {"bytes", "bytes({bytes})"},
    {"timestamp", "timestamp({string})"}, {"duration", "duration({string})"}, {"timestamp", "timestamp({timestamp})"}, {"duration", "duration({duration})"}, {"timestamp", "timestamp(string({timestamp}))"},
    {"duration", "duration(string({duration}))"}, {"double", "double(string({double}))"}, {"int", "int(dyn({A}))"}, {"string", "string(dyn({A}))"}, {"double", "double(dyn({A}))"},
    {"int", "int('+5')"}, {"int", "int('')"}, {"int", "int(' 1')"}, {"int", "int('0x1')"}, {"int", "int('-')"}, {"int", "int('1_0')"}, {"int", "int('-9223372036854775809')"}, {"uint", "uint('-0')"}, {"uint", "uint('18446744073709551616')"},
    {"uint", "uint('+1')"}, {"double", "double('1e400')"}, {"double", "double('1e-400')"}, {"double", "double('.5')"}, {"double", "double('5.')"}, {"double", "double('+1')"}, {"double", "double('')"},
    {"double", "double('1e')"}, {"double", "double(' 1')"}, {"double", "double('infinit')"}, {"double", "double('-nan')"},
    {"bool", "bool('T')"}, {"bool", "bool('TRUE')"}, {"bool", "bool('True')"}, {"bool", "bool('tRUE')"}, {"bool", "bool('f')"}, {"bool", "bool('0')"}, {"bool", "bool('')"},
    {"timestamp", "timestamp('2024-02-30T00:00:00Z')"}, {"timestamp", "timestamp('2023-01-01T00:00:00.1234567891Z')"}, {"timestamp", "timestamp('2023-01-01T00:00:00')"}, {"timestamp", "timestamp('2023-01-01T24:00:00Z')"},
    {"timestamp", "timestamp('0000-12-31T23:59:59Z')"}, {"timestamp", "timestamp('10000-01-01T00:00:00Z')"}, {"timestamp", "timestamp('0001-01-01T00:00:00+01:00')"}, {"timestamp", "timestamp('9999-12-31T23:59:59-01:00')"},
    {"timestamp", "timestamp('2016-12-31T23:59:60Z')"}, {"timestamp", "timestamp('2023-1-01T00:00:00Z')"}, {"timestamp", "timestamp('2023-01-01 00:00:00Z')"}, {"timestamp", "timestamp('2023-01-01t00:00:00z')"},
    {"timestamp", "timestamp('2023-01-01T00:00:00+24:00')"}, {"timestamp", "timestamp('2023-01-01T00:00:00+0900')"}, {"timestamp", "timestamp('2023-01-01T00:00:00.Z')"},
    {"duration", "duration('')"}, {"duration", "duration('1')"}, {"duration", "duration('1d')"}, {"duration", "duration('-')"}, {"duration", "duration('1.s')"}, {"duration", "duration('.5s')"}, {"duration", "duration('+1m')"}, {"duration", "duration('.s')"},
    {"duration", "duration('0.0000000001s')"}, {"duration", "duration('1h-1m')"}, {"duration", "duration('2562048h')"}, {"duration", "duration('1µs')"}, {"duration", "duration('-9223372036854775809ns')"}, {"duration", "duration('1s ')"},
    // timestamps and durations
    {"int", "{timestamp}.getFullYear()", 2}, {"int", "{timestamp}.getMonth()"}, {"int", "{timestamp}.getDayOfYear()"}, {"int", "{timestamp}.getDayOfMonth()"}, {"int", "{timestamp}.getDate()"}, {"int", "{timestamp}.getDayOfWeek()"},
    {"int", "{timestamp}.getHours()"}, {"int", "{timestamp}.getMinutes()"}, {"int", "{timestamp}.getSeconds()"}, {"int", "{timestamp}.getMilliseconds()"}, {"int", "{duration}.getHours()"}, {"int", "{duration}.getMinutes()"},
    {"int", "{duration}.getSeconds()"}, {"int", "{duration}.getMilliseconds()"}, {"int", "{timestamp}.getHours('+09:00')"}, {"int", "{timestamp}.getDayOfYear('-05:30')"}, {"int", "{timestamp}.getFullYear('-01:00')"},
    {"int", "{timestamp}.getHours('America/New_York')", 2}, {"int", "{timestamp}.getDate('Asia/Tokyo')"}, {"int", "{timestamp}.getMinutes('Asia/Kathmandu')"}, {"int", "{timestamp}.getDayOfWeek('Australia/Sydney')"},
    {"int", "{timestamp}.getMonth('UTC')"}, {"int", "{timestamp}.getHours('Nowhere/At_All')"}, {"int", "{timestamp}.getHours('24:00')"}, {"int", "{timestamp}.getHours('')"}, {"int", "{timestamp}.getSeconds('02:00')"}, {"int", "{timestamp}.getHours('+9:00')"},
    {"int", "{timestamp}.getMilliseconds('Europe/Paris')"}, {"int", "{timestamp}.getMinutes('-00:30')"}, {"int", "{timestamp}.getHours('Z')"}, {"int", "{timestamp}.getHours({string})"},
    // text
    {"int", "size({string})", 3}, {"int", "{string}.size()"}, {"int", "size({bytes})", 2}, {"int", "size({list(A)})", 3}, {"int", "{list(A)}.size()", 2}, {"int", "size({map(A, B)})", 2}, {"int", "{map(A, B)}.size()"}, {"int", "size(dyn({A}))"},
    {"bool", "{string}.contains({string})", 2}, {"bool", "{string}.startsWith({string})", 2}, {"bool", "{string}.endsWith({string})", 2}, {"bool", "{string}.matches({string})", 2}, {"bool", "matches({string}, '^[a-z]+$')"},
    {"bool", "{string}.matches('(a|b)*c?')"}, {"bool", "{string}.matches('[')"}, {"bool", "{string}.matches('^.$')"}, {"bool", "{string}.matches('\\\\pL')"}, {"bool", "dyn({A}).startsWith({string})"},
    {"string", "{string}.charAt({int})", 2}, {"int", "{string}.indexOf({string})", 2}, {"int", "{string}.indexOf({string}, {int})", 2}, {"int", "{string}.lastIndexOf({string})", 2}, {"int", "{string}.lastIndexOf({string}, {int})", 2},
    {"string", "{list(string)}.join()", 2}, {"string", "{list(string)}.join({string})", 2}, {"string", "{string}.lowerAscii()"}, {"string", "{string}.upperAscii()"}, {"string", "{string}.replace({string}, {string})", 2},
    {"string", "{string}.replace({string}, {string}, {int})", 2}, {"list(string)", "{string}.split({string})", 3}, {"list(string)", "{string}.split({string}, {int})", 2}, {"string", "{string}.substring({int})", 2},
    {"string", "{string}.substring({int}, {int})", 2}, {"string", "{string}.trim()", 2}, {"string", "{string}.reverse()", 2}, {"string", "strings.quote({string})", 2},
    {"string", "'%s'.format([{A}])", 3}, {"string", "'%d|%s'.format([{int}, {A}])"}, {"string", "'%f'.format([{double}])", 2}, {"string", "'%.3f'.format([{double}])"}, {"string", "'%e'.format([{double}])", 2}, {"string", "'%.0f'.format([{double}])"},
    {"string", "'%x'.format([{A}])"}, {"string", "'%X'.format([{bytes}])"}, {"string", "'%b'.format([{int}])"}, {"string", "'%o'.format([{uint}])"}, {"string", "'%%%s%%'.format([{double}])"}, {"string", "'%d'.format([{A}])"}, {"string", "'%s'.format({list(A)})"},
    {"string", "{string}.format({list(A)})"}, {"string", "'%.1e'.format([{int}])"}, {"string", "'%x'.format([{string}])"}, {"string", "'%s %s'.format([{list(A)}, {map(B, C)}])"}, {"string", "'%b'.format([{bool}])"}, {"string", "'%d'.format([{double}])"},
    // math
    {"A", "math.greatest({A}, {A})"}, {"int", "math.greatest({int}, {int})"}, {"dyn", "math.least({int}, {double})", 2}, {"double", "math.least({double}, {double})"}, {"dyn", "math.greatest({int}, {uint}, {double})", 2}, {"int", "math.least({list(int)})"},
    {"double", "math.greatest({list(double)})"}, {"uint", "math.least({uint}, {uint})"}, {"int", "math.greatest({int})"}, {"dyn", "math.least(dyn({A}), {int})"}, {"dyn", "math.greatest([{int}, dyn({double})])"},
    {"double", "math.ceil({double})"}, {"double", "math.floor({double})"}, {"double", "math.round({double})", 2}, {"double", "math.trunc({double})"}, {"bool", "math.isNaN({double})"}, {"bool", "math.isInf({double})"}, {"bool", "math.isFinite({double})"},
    {"int", "math.abs({int})"}, {"uint", "math.abs({uint})"}, {"double", "math.abs({double})"}, {"int", "math.sign({int})"}, {"uint", "math.sign({uint})"}, {"double", "math.sign({double})"}, {"double", "math.sqrt({double})"}, {"double", "math.sqrt({int})"},
    {"double", "math.sqrt({uint})"}, {"int", "math.bitAnd({int}, {int})"}, {"uint", "math.bitOr({uint}, {uint})"}, {"int", "math.bitXor({int}, {int})"}, {"int", "math.bitNot({int})"}, {"uint", "math.bitNot({uint})"}, {"int", "math.bitShiftLeft({int}, {int})"},
    {"int", "math.bitShiftRight({int}, {int})", 2}, {"uint", "math.bitShiftLeft({uint}, {int})"}, {"uint", "math.bitShiftRight({uint}, {int})"},
    // lists and sets
    {"list(A)", "{list(A)}.slice({int}, {int})", 2}, {"list(A)", "{list(A)}.slice(0, 1)"}, {"list(A)", "{list(list(A))}.flatten()", 2}, {"list(dyn)", "{list(dyn)}.flatten({int})", 2}, {"list(int)", "lists.range(3)"}, {"list(int)", "lists.range(size({A}))"},
    {"list(A)", "{list(A)}.reverse()", 2}, {"list(A)", "{list(A)}.distinct()", 3}, {"optional_type(A)", "{list(A)}.first()", 2}, {"optional_type(A)", "{list(A)}.last()"}, {"list(int)", "{list(int)}.sort()"}, {"list(double)", "{list(double)}.sort()"},
    {"list(string)", "{list(string)}.sort()"}, {"list(timestamp)", "{list(timestamp)}.sort()"}, {"list(dyn)", "{list(dyn)}.distinct()"}, {"list(dyn)", "{list(dyn)}.sort()"},
    {"bool", "sets.contains({list(A)}, {list(A)})", 2}, {"bool", "sets.equivalent({list(A)}, {list(A)})", 2}, {"bool", "sets.intersects({list(A)}, {list(A)})", 2}, {"bool", "sets.contains({list(dyn)}, {list(dyn)})", 2},
    {"bool", "sets.equivalent({list(dyn)}, {list(dyn)})"}, {"bool", "sets.intersects({list(dyn)}, {list(dyn)})"},
    // optionals
    {"optional_type(A)", "optional.of({A})", 8}, {"optional_type(A)", "optional.none()", 2}, {"optional_type(A)", "optional.ofNonZeroValue({A})", 2}, {"A", "{optional_type(A)}.value()"}, {"bool", "{optional_type(A)}.hasValue()", 3},
    {"optional_type(A)", "{optional_type(A)}.or({optional_type(A)})", 2}, {"A", "{optional_type(A)}.orValue({A})", 4}, {"list(A)", "optional.unwrap({list(optional_type(A))})", 2}, {"list(A)", "{list(optional_type(A))}.unwrapOpt()"},
    // encoders
    {"string", "base64.encode({bytes})", 2}, {"bytes", "base64.decode({string})"}, {"bytes", "base64.decode(base64.encode({bytes}))"}, {"bytes", "base64.decode('aGVsbG8=')"}, {"bytes", "base64.decode('aGVsbG8')"}, {"bytes", "base64.decode('a===')"}, {"bytes", "base64.decode('YQ=')"},
};

}  // namespace

std::span<const production> productions() { return all; }

}  // namespace differential
