// cel: the closed set of values of the catalogue's cost column. A new function takes one of these; a
// new shape is added here, once. Knows no functions. Source of the shapes: cel-go 0.33.2,
// common/cost/standard.go and ext/*.go.
#pragma once

#include "cel/cost/quantity.hpp"

namespace sekimori::cel::cost {

// The constants of cel-go's model.
inline constexpr std::uint64_t read = 1;             // an identifier or a field
inline constexpr std::uint64_t call = 1;
inline constexpr std::uint64_t make_list = 10;
inline constexpr std::uint64_t make_map = 30;
inline constexpr std::uint64_t make_object = 40;
inline constexpr std::uint64_t text_divisor = 10;    // a tenth a code point or byte
inline constexpr std::uint64_t regex_divisor = 4;    // a quarter a code point of a pattern

namespace part {

constexpr quantity constant(std::uint64_t number) { return {quantity_kind::constant, number}; }
constexpr quantity size(std::uint64_t argument) { return {quantity_kind::size, argument}; }
constexpr quantity length(std::uint64_t argument) { return {quantity_kind::length, argument}; }
constexpr quantity integer(std::uint64_t argument) { return {quantity_kind::integer, argument}; }
constexpr quantity of(quantity_kind kind, const quantity& a) { return {kind, 0, 1, &a}; }
constexpr quantity of(quantity_kind kind, const quantity& a, const quantity& b) { return {kind, 0, 1, &a, &b}; }
constexpr quantity sum(const quantity& a, const quantity& b) { return of(quantity_kind::sum, a, b); }
constexpr quantity product(const quantity& a, const quantity& b) { return of(quantity_kind::product, a, b); }
constexpr quantity smaller(const quantity& a, const quantity& b) { return of(quantity_kind::smaller, a, b); }
constexpr quantity scaled(const quantity& a, std::uint64_t numerator, std::uint64_t divisor) {
  return {quantity_kind::scaled, numerator, divisor, &a};
}

inline constexpr quantity zero = constant(0), one = constant(1), two = constant(2), four = constant(4);
inline constexpr quantity no_bound = constant(UINT64_MAX);
inline constexpr quantity size0 = size(0), size1 = size(1), size2 = size(2);
inline constexpr quantity length0 = length(0), length1 = length(1);
inline constexpr quantity integer0 = integer(0), integer1 = integer(1), integer2 = integer(2);
inline constexpr quantity result{quantity_kind::result}, result_length{quantity_kind::result_length};
inline constexpr quantity element0 = of(quantity_kind::element, size0);
inline constexpr quantity all_elements0{quantity_kind::element_total, 0};

inline constexpr quantity tenth_size0 = scaled(size0, 1, text_divisor), tenth_size1 = scaled(size1, 1, text_divisor);
inline constexpr quantity tenth0 = scaled(length0, 1, text_divisor), tenth1 = scaled(length1, 1, text_divisor);
inline constexpr quantity one_and_tenth0 = sum(one, tenth0);
inline constexpr quantity shorter = smaller(size0, size1), tenth_shorter = scaled(shorter, 1, text_divisor);
inline constexpr quantity both = sum(size0, size1), tenth_both = scaled(both, 1, text_divisor);
inline constexpr quantity at_most0 = of(quantity_kind::ranged, zero, size0);
inline constexpr quantity list_base = constant(call + make_list);
inline constexpr quantity allocate_result = sum(list_base, result_length);

// Regular expressions: 0.1 (text + 1) * 0.25 pattern, rounded once.
inline constexpr quantity text_and_one = sum(size0, one);
inline constexpr quantity text_by_pattern = product(text_and_one, size1);
inline constexpr quantity match = scaled(text_by_pattern, 1, text_divisor * regex_divisor);
inline constexpr quantity length_and_one0 = sum(length0, one), length_and_one1 = sum(length1, one);
inline constexpr quantity search_lengths = product(length_and_one0, length_and_one1);
inline constexpr quantity regex_search = scaled(search_lengths, 1, text_divisor * regex_divisor);
inline constexpr quantity one_and_regex_search = sum(one, regex_search);
inline constexpr quantity list_and_regex_search = sum(list_base, regex_search);

// A text inside another.
inline constexpr quantity sizes_product = product(size0, size1);
inline constexpr quantity contains = scaled(sizes_product, 1, text_divisor * text_divisor);
inline constexpr quantity lengths_product = product(length0, length1);
inline constexpr quantity tenth_lengths_product = scaled(lengths_product, 1, text_divisor);
inline constexpr quantity find = sum(one, tenth_lengths_product);
inline constexpr quantity some0 = of(quantity_kind::at_least_one, length0), some1 = of(quantity_kind::at_least_one, length1);
inline constexpr quantity some_product = product(some0, some1);
inline constexpr quantity tenth_some_product = scaled(some_product, 1, text_divisor);
inline constexpr quantity one_and_tenth_some = sum(one, tenth_some_product);
inline constexpr quantity replace = sum(one_and_tenth_some, result_length);
inline constexpr quantity replacement_and_one = sum(size2, one);
inline constexpr quantity most_replaced = product(text_and_one, replacement_and_one);
inline constexpr quantity least_replaced = smaller(size0, size2);
inline constexpr quantity replaced = of(quantity_kind::ranged, least_replaced, most_replaced);

// Texts from texts.
inline constexpr quantity transform = sum(one_and_tenth0, result_length);
inline constexpr quantity two_and_tenth0 = sum(two, tenth0);
inline constexpr quantity one_character = smaller(size0, four), at_most_one_character = of(quantity_kind::ranged, zero, one_character);
inline constexpr quantity four_integer1 = scaled(integer1, 4, 1);
inline constexpr quantity rest_at_least = of(quantity_kind::difference, size0, four_integer1);
inline constexpr quantity rest_at_most = of(quantity_kind::difference, size0, integer1);
inline constexpr quantity rest = of(quantity_kind::ranged, rest_at_least, rest_at_most);
inline constexpr quantity between = of(quantity_kind::difference, integer2, integer1);
inline constexpr quantity four_between = scaled(between, 4, 1), between_at_most = smaller(rest_at_most, four_between);
inline constexpr quantity middle = of(quantity_kind::ranged, between, between_at_most);
inline constexpr quantity tenth_length_and_one0 = scaled(length_and_one0, 1, text_divisor);
inline constexpr quantity one_and_list = sum(one, tenth_length_and_one0), join = sum(one_and_list, result_length);
inline constexpr quantity joined = of(quantity_kind::ranged, zero, all_elements0);
inline constexpr quantity separators = product(length0, size1), joined_most = sum(all_elements0, separators);
inline constexpr quantity joined_with = of(quantity_kind::ranged, zero, joined_most);
inline constexpr quantity list_and_scan = sum(list_base, tenth_length_and_one0), split = sum(list_and_scan, result_length);
inline constexpr quantity piece_count = of(quantity_kind::ranged, zero, text_and_one);
inline constexpr quantity pieces = of(quantity_kind::list, piece_count, at_most0);
inline constexpr quantity twice0 = scaled(size0, 2, 1), most_pieces = sum(twice0, two), split_size = smaller(pieces, most_pieces);
inline constexpr quantity four_size0 = scaled(size0, 4, 1), quarter_size0 = scaled(size0, 1, 4);
inline constexpr quantity encoded = of(quantity_kind::ranged, size0, four_size0);
inline constexpr quantity decoded = of(quantity_kind::ranged, quarter_size0, size0);
inline constexpr quantity size0_and_two = sum(size0, two), quoted = of(quantity_kind::ranged, size0_and_two, most_pieces);
inline constexpr quantity four_thirds = scaled(length0, 4, 3);
inline constexpr quantity three = constant(3), base64_most = sum(four_thirds, three);
inline constexpr quantity base64_text = of(quantity_kind::ranged, four_thirds, base64_most);
inline constexpr quantity three_quarters = scaled(length0, 3, 4), base64_some = of(quantity_kind::at_least_one, three_quarters);
inline constexpr quantity base64_bytes = of(quantity_kind::ranged, zero, base64_some);

// Lists.
inline constexpr quantity slice_list = of(quantity_kind::list, between, element0), slice_least = smaller(slice_list, size0);
inline constexpr quantity sliced = of(quantity_kind::ranged, slice_list, slice_least);
inline constexpr quantity counted = of(quantity_kind::list, integer0, one);
inline constexpr quantity square0 = product(length0, length0), square1 = product(length1, length1);
inline constexpr quantity two_square0 = scaled(square0, 2, 1), text_square0 = scaled(square0, 21, 10);
inline constexpr quantity two_square1 = scaled(square1, 2, 1), text_square1 = scaled(square1, 21, 10);
inline constexpr quantity sort = sum(list_base, two_square0), text_sort = sum(list_base, text_square0);
inline constexpr quantity key_sort = sum(list_base, two_square1), text_key_sort = sum(list_base, text_square1);
inline constexpr quantity first_if_any = smaller(size0, one), some_of_list = of(quantity_kind::ranged, first_if_any, size0);
inline constexpr quantity some_element0 = of(quantity_kind::at_least_one, element0), flat_count = product(size0, some_element0);
inline constexpr quantity inner_element0 = of(quantity_kind::element, element0);
inline constexpr quantity flat_list = of(quantity_kind::list, flat_count, inner_element0);
inline constexpr quantity flat_total = sum(size0, all_elements0), flat_least = smaller(flat_list, flat_total);
inline constexpr quantity flattened = of(quantity_kind::ranged, zero, flat_least);
inline constexpr quantity pairs = sum(one, lengths_product);
inline constexpr quantity two_pairs_product = scaled(lengths_product, 2, 1), two_pairs = sum(one, two_pairs_product);
inline constexpr quantity one_and_length0 = sum(one, length0);

// Optionals.
inline constexpr quantity nothing = of(quantity_kind::optional, zero), something = of(quantity_kind::optional, size0);
inline constexpr quantity perhaps = of(quantity_kind::optional, at_most0);
inline constexpr quantity either_optional = of(quantity_kind::either, size0, size1);
inline constexpr quantity held_or_other = of(quantity_kind::either, element0, size1);
inline constexpr quantity second_or_third = of(quantity_kind::either, size1, size2);

// Addresses: at most 16 bytes, whatever the estimate of what they were read from.
inline constexpr quantity sixteen = constant(16), address = of(quantity_kind::ranged, zero, sixteen);
inline constexpr quantity address_text_most = constant(45), address_text = of(quantity_kind::ranged, zero, address_text_most);
inline constexpr quantity fifth0 = scaled(length0, 1, 5);
inline constexpr quantity network_length = smaller(length0, sixteen), fifth_network = scaled(network_length, 1, 5);
inline constexpr quantity tenth_network = scaled(network_length, 1, text_divisor);
inline constexpr quantity address_and_text = sum(fifth_network, tenth1);
inline constexpr quantity two_networks = sum(fifth_network, tenth_network), networks = sum(two_networks, one);
inline constexpr quantity network_and_text = sum(networks, tenth1);

inline constexpr quantity regex_extract = sum(one_and_regex_search, result);
inline constexpr quantity regex_all = sum(list_and_regex_search, result_length);
inline constexpr quantity regex_replace = sum(one_and_regex_search, result_length);
inline constexpr quantity expansions = product(text_and_one, size2), most_expansions = product(expansions, text_and_one);
inline constexpr quantity expanded_most = sum(size0, most_expansions), expanded = of(quantity_kind::ranged, zero, expanded_most);

// Kubernetes' own libraries (k8s.io/apiserver, pkg/cel/library/cost.go): products of what was rounded
// before, and a named format as a pattern of 256.
inline constexpr quantity tenth_text_and_one = scaled(text_and_one, 1, text_divisor), quarter1 = scaled(size1, 1, regex_divisor);
inline constexpr quantity find_pattern = product(tenth_text_and_one, quarter1);
inline constexpr quantity second_and_one = sum(size1, one), tenth_second_and_one = scaled(second_and_one, 1, text_divisor);
inline constexpr quantity format_pattern = constant(256 / regex_divisor), format_check = product(tenth_second_and_one, format_pattern);
inline constexpr quantity tenth_elements0 = scaled(all_elements0, 1, text_divisor), texts_of_list = sum(length0, tenth_elements0);
inline constexpr quantity shorter_length = smaller(length0, length1), tenth_shorter_length = scaled(shorter_length, 1, text_divisor);

}  // namespace part

// What the short-circuiting operators cost is their arguments' cost.
inline constexpr cost_rule logic{&part::zero, nullptr, cost_form::arguments_only};
inline constexpr cost_rule choice{&part::zero, &part::second_or_third, cost_form::arguments_only};
inline constexpr cost_rule optional_or{&part::zero, &part::either_optional, cost_form::arguments_only};
inline constexpr cost_rule optional_or_value{&part::zero, &part::held_or_other, cost_form::arguments_only};

inline constexpr cost_rule element_of_container{&part::one, &part::element0};
inline constexpr cost_rule compare{&part::tenth_shorter};
inline constexpr cost_rule join_texts{&part::tenth_both, &part::both};
inline constexpr cost_rule join_lists{&part::one, &part::both};
inline constexpr cost_rule in_list{&part::size1};
inline constexpr cost_rule text_begins{&part::tenth_size1};          // startsWith, endsWith
inline constexpr cost_rule text_contains{&part::contains};
inline constexpr cost_rule text_matches{&part::match};
inline constexpr cost_rule text_to_bytes{&part::tenth_size0, &part::encoded};
inline constexpr cost_rule bytes_to_text{&part::tenth_size0, &part::decoded};
inline constexpr cost_rule text_quote{&part::tenth_size0, &part::quoted};
inline constexpr cost_rule text_format{&part::tenth_size0};

inline constexpr cost_rule text_character{&part::two_and_tenth0, &part::at_most_one_character};
inline constexpr cost_rule text_find{&part::find};                   // indexOf, lastIndexOf
inline constexpr cost_rule text_transform{&part::transform, &part::size0};
inline constexpr cost_rule text_trim{&part::transform, &part::at_most0};
inline constexpr cost_rule text_rest{&part::transform, &part::rest};
inline constexpr cost_rule text_middle{&part::transform, &part::middle};
inline constexpr cost_rule text_join{&part::join, &part::joined};
inline constexpr cost_rule text_join_with{&part::join, &part::joined_with};
inline constexpr cost_rule text_replace{&part::replace, &part::replaced};
inline constexpr cost_rule text_split{&part::split, &part::split_size};
inline constexpr cost_rule text_scan{&part::one_and_tenth0};         // one pass over a text, and the call
inline constexpr cost_rule base64_encode{&part::one_and_tenth0, &part::base64_text};
inline constexpr cost_rule base64_decode{&part::one_and_tenth0, &part::base64_bytes};

inline constexpr cost_rule list_slice{&part::allocate_result, &part::sliced};
inline constexpr cost_rule list_range{&part::allocate_result, &part::counted};
inline constexpr cost_rule list_reverse{&part::allocate_result, &part::size0};
inline constexpr cost_rule list_distinct{&part::text_sort, &part::some_of_list};
inline constexpr cost_rule list_flatten{&part::allocate_result, &part::flattened};
inline constexpr cost_rule list_flatten_depth{&part::allocate_result, nullptr, cost_form::flatten_depth};
inline constexpr cost_rule list_sort{&part::sort, &part::size0};
inline constexpr cost_rule list_sort_texts{&part::text_sort, &part::size0};
inline constexpr cost_rule sort_by_keys{&part::key_sort, &part::size0};          // arguments: the list, its keys
inline constexpr cost_rule sort_by_texts{&part::text_key_sort, &part::size0};
inline constexpr cost_rule list_pairs{&part::pairs};                 // each element of one list against each of another
inline constexpr cost_rule list_pairs_twice{&part::two_pairs};
inline constexpr cost_rule list_scan{&part::one_and_length0};           // one pass over a list, and the call
inline constexpr cost_rule list_numbers{&part::one_and_length0, &part::one};

inline constexpr cost_rule optional_none{&part::one, &part::nothing};
inline constexpr cost_rule optional_of{&part::one, &part::something};
inline constexpr cost_rule optional_of_non_zero{&part::one, &part::perhaps};
inline constexpr cost_rule optional_value{&part::one, &part::element0};

inline constexpr cost_rule optional_holds{&part::tenth_shorter_length};  // hasValue(v)

inline constexpr cost_rule address_parse{&part::tenth0, &part::address};
inline constexpr cost_rule address_test{&part::tenth0};
inline constexpr cost_rule address_canonical{&part::fifth0};
inline constexpr cost_rule address_to_text{&part::one, &part::address_text};
inline constexpr cost_rule address_part{&part::one, &part::address};
inline constexpr cost_rule network_has_address{&part::fifth_network};
inline constexpr cost_rule network_has_address_text{&part::address_and_text};
inline constexpr cost_rule network_has_network{&part::networks};
inline constexpr cost_rule network_has_network_text{&part::network_and_text};

inline constexpr cost_rule regex_extract{&part::regex_extract, &part::perhaps};
inline constexpr cost_rule regex_extract_all{&part::regex_all, &part::split_size};
inline constexpr cost_rule regex_replace{&part::regex_replace, &part::expanded};

inline constexpr cost_rule text_parse{&part::tenth_size0, &part::size0};   // url, quantity, semver
inline constexpr cost_rule text_find_pattern{&part::find_pattern};
inline constexpr cost_rule format_check{&part::format_check};
inline constexpr cost_rule list_traverse{&part::length0};
inline constexpr cost_rule list_traverse_texts{&part::texts_of_list};

}  // namespace sekimori::cel::cost
