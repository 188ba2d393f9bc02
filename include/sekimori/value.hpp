// CEL values: what a condition computes with, and how a host's own data is read in place.
//
// A `value` is 16 bytes, trivially copyable and owns nothing: strings, lists and maps point into
// an arena, a parsed document or a host's objects, which must outlive it. Reading is safe from
// several threads; a view that caches (an overlay over a document) belongs to one evaluator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sekimori {

enum class value_kind : std::uint8_t {
  error,             // an evaluation error: carried like a value, absorbed by && and || as CEL says
  unknown,           // not known yet; carries the set of paths that would decide
  null,
  boolean,
  integer,           // int64
  unsigned_integer,  // uint64
  floating,          // double
  string,            // UTF-8
  bytes,
  list,
  map,               // also objects of a declared type: map_view::type_name() is not empty
  type,              // a type, as a value: its name
  timestamp,         // seconds and nanoseconds since 1970-01-01T00:00:00Z
  duration,
  optional,          // optional_type: some(value) or none
  opaque,            // an extension type: ip, cidr, quantity ...
};

// Why a path is not known (design 4, Verdicts).
enum class unknown_reason : std::uint8_t {
  computed,              // the provider computes it at apply
  not_configured,        // the author left it out and the plan does not know it
  open_set,              // something that was not given could decide
  scope,                 // the organisation node cannot be told
  register_missing,      // a register was not given or is too old
  undocumented_default,  // absent, and no default is documented for every supported version
};

enum class evaluation_error_code : std::uint8_t {
  no_such_key,
  no_such_field,
  not_offered,  // a kind's field that this cloud does not have: the assert is not applicable
  no_matching_overload,
  index_out_of_range,
  invalid_argument,
  division_by_zero,
  overflow,
  conversion,
  duplicate_key,
  no_such_member,
  wrong_type,   // a kind's mapping gave another type than the field declares
  limit,        // a limit was hit: never absorbed
};

struct evaluation_error {
  evaluation_error_code code;
  std::string_view message;      // operand types and names, never values: a secret cannot leak through it
  std::uint32_t expression = 0;  // id of the expression that failed
};

struct unknown_path {
  std::string_view resource;  // address of the resource that holds it; empty: the one being evaluated
  std::string_view path;      // attribute path, "ingress[0].cidr_blocks"
  unknown_reason reason;
};

// Sorted by resource, path, reason; no path twice.
struct unknown_set {
  const unknown_path* paths;
  std::size_t count;
};

// Where a container stands in its document: a linked list towards the root, so that following a
// path costs nothing unless somebody asks. The root's key is the resource's address (or empty).
struct data_path {
  const data_path* parent = nullptr;
  std::string_view key;
  std::int64_t index = -1;  // >= 0: an element of a list
};

class list_view;
class map_view;
class opaque_view;

class value {
 public:
  constexpr value() : integer_(0) {}

  static value null() { return value(); }
  static value boolean(bool b) { value v(value_kind::boolean); v.integer_ = b; return v; }
  static value integer(std::int64_t i) { value v(value_kind::integer); v.integer_ = i; return v; }
  static value unsigned_integer(std::uint64_t u) { value v(value_kind::unsigned_integer); v.unsigned_ = u; return v; }
  static value floating(double d) { value v(value_kind::floating); v.floating_ = d; return v; }
  static value string(std::string_view s) { return text(value_kind::string, s); }
  static value bytes(std::string_view s) { return text(value_kind::bytes, s); }
  static value type(std::string_view name) { return text(value_kind::type, name); }
  static value list(const list_view* l) { value v(value_kind::list); v.list_ = l; return v; }
  static value map(const map_view* m) { value v(value_kind::map); v.map_ = m; return v; }
  static value opaque(const opaque_view* o) { value v(value_kind::opaque); v.opaque_ = o; return v; }
  static value timestamp(std::int64_t seconds, std::int32_t nanos) { return instant(value_kind::timestamp, seconds, nanos); }
  static value duration(std::int64_t seconds, std::int32_t nanos) { return instant(value_kind::duration, seconds, nanos); }
  // none when `some` is null; `some` must outlive the value.
  static value optional(const value* some) { value v(value_kind::optional); v.some_ = some; return v; }
  static value error(const evaluation_error* e) { value v(value_kind::error); v.error_ = e; return v; }
  static value unknown(const unknown_set* u) { value v(value_kind::unknown); v.unknown_ = u; return v; }

  value_kind kind() const { return static_cast<value_kind>(head_ & 0xFF); }
  bool is(value_kind k) const { return kind() == k; }
  bool is_error() const { return is(value_kind::error); }
  bool is_unknown() const { return is(value_kind::unknown); }
  bool is_null() const { return is(value_kind::null); }
  bool is_true() const { return is(value_kind::boolean) && integer_ != 0; }
  bool is_false() const { return is(value_kind::boolean) && integer_ == 0; }

  // Each of these only for its kind.
  bool as_boolean() const { return integer_ != 0; }
  std::int64_t as_integer() const { return integer_; }
  std::uint64_t as_unsigned() const { return unsigned_; }
  double as_floating() const { return floating_; }
  std::string_view as_text() const { return {text_, extra()}; }  // string, bytes, type
  const list_view& as_list() const { return *list_; }
  const map_view& as_map() const { return *map_; }
  const opaque_view& as_opaque() const { return *opaque_; }
  std::int64_t seconds() const { return integer_; }              // timestamp, duration
  std::int32_t nanos() const { return static_cast<std::int32_t>(extra()); }
  const value* some() const { return some_; }                    // optional; nullptr: none
  const evaluation_error& as_error() const { return *error_; }
  const unknown_set& as_unknown() const { return *unknown_; }

  // Set on whatever comes out of a sensitive place in a document. Functions do not carry it on:
  // the trace of an evaluation knows which sensitive paths were read.
  bool sensitive() const { return (head_ & sensitive_bit) != 0; }
  value marked_sensitive(bool sensitive) const { value v = *this; v.head_ = (head_ & ~sensitive_bit) | (sensitive ? sensitive_bit : 0); return v; }

 private:
  static constexpr std::uint64_t sensitive_bit = 0x100;

  explicit value(value_kind k, std::uint32_t extra = 0) : head_(static_cast<std::uint64_t>(k) | std::uint64_t{extra} << 32), integer_(0) {}
  static value text(value_kind k, std::string_view s) {
    value v(k, static_cast<std::uint32_t>(s.size()));
    v.text_ = s.data();
    return v;
  }
  static value instant(value_kind k, std::int64_t seconds, std::int32_t nanos) {
    value v(k, static_cast<std::uint32_t>(nanos));
    v.integer_ = seconds;
    return v;
  }
  std::uint32_t extra() const { return static_cast<std::uint32_t>(head_ >> 32); }

  // Kind, whether it is sensitive, and in the upper half a length or nanoseconds: one word, as values go through registers.
  std::uint64_t head_ = static_cast<std::uint64_t>(value_kind::null);
  union {
    std::int64_t integer_;
    std::uint64_t unsigned_;
    double floating_;
    const char* text_;
    const list_view* list_;
    const map_view* map_;
    const opaque_view* opaque_;
    const value* some_;
    const evaluation_error* error_;
    const unknown_set* unknown_;
  };
};
static_assert(sizeof(value) == 16);

// How sure the members of a relation or a register are (design 4, Open and closed worlds). An ordinary list or map has none.
struct relation_shape {
  const bool* certain = nullptr;       // one per member, of a map in the order of entries(); nullptr: all certain
  bool open = false;                   // something that was not given could be a member too
  const unknown_set *why = nullptr, *const *each = nullptr;   // the paths and reasons that make it unsure; of each member, where they differ
};

class list_view {
 public:
  virtual std::size_t size() const = 0;
  virtual value at(std::size_t index) const = 0;  // index < size()
  virtual const value* elements() const { return nullptr; }  // size() values where they stand together; then no relation()
  virtual const relation_shape* relation() const { return nullptr; }
  virtual const data_path* where() const { return nullptr; }
  // What stands under `key` in each of size() elements, `absent` where it does not. nullptr: ask them.
  virtual const value* column(std::string_view key, value absent) const { (void)key, (void)absent; return nullptr; }
  virtual const class text_set* texts() const { return nullptr; }   // an index of size() elements, all of them texts, where one was made
  // elements() where they are made already, without a call; else empty.
  std::span<const value> at_hand() const { return at_hand_; }

 protected:
  ~list_view() = default;
  mutable std::span<const value> at_hand_;
};

struct map_entry {
  value key;
  value mapped;
};

class map_view {
 public:
  virtual std::size_t size() const = 0;
  // True and `found` set where the key is present. A key that is present with an unknown value is
  // present. Keys compare as CEL equality does (1, 1u and 1.0 are one key).
  virtual bool find(value key, value& found) const = 0;
  // find() of a string key. `hint` belongs to who asks for one key of many maps: where it was found last.
  virtual bool find_near(std::string_view key, std::uint32_t& hint, value& found) const { (void)hint; return find(value::string(key), found); }
  // size() entries in key order (bool, number, string); lives as long as the view.
  virtual const map_entry* entries() const = 0;
  // What m.key or m[key] gives where find() is false. nullptr-like `null` kind: the evaluator makes
  // its no_such_key error. A document overlay gives an unknown, a kind's object a not_offered error.
  virtual value missing(value key) const { (void)key; return value::null(); }
  virtual const relation_shape* relation() const { return nullptr; }   // where there is one, a key that may be there is found with an unknown value
  // A field of a declared type by its index there, without a look-up by name; false: use find().
  virtual bool field(std::uint32_t index, value& found) const { (void)index; (void)found; return false; }
  virtual std::string_view type_name() const { return {}; }
  virtual const data_path* where() const { return nullptr; }
  // entries() of a map of no declared type whose keys are all strings, where they are made already, without a call; else empty.
  std::span<const map_entry> at_hand() const { return at_hand_; }

 protected:
  ~map_view() = default;
  mutable std::span<const map_entry> at_hand_;
};

// A value of an extension type.
class opaque_view {
 public:
  virtual std::string_view type_name() const = 0;            // "net.CIDR"
  virtual bool equals(const opaque_view& other) const = 0;   // other has the same type_name()
  virtual std::string_view to_string() const = 0;            // lives as long as the view
  virtual std::uint64_t size() const { return 1; }           // what its cost follows: bytes of an address

 protected:
  ~opaque_view() = default;
};

}  // namespace sekimori
