// inventory: a list that grows and shrinks at its end and never moves its elements. Entry point: stable_list. Elements
// stand in chunks of many, so that a plan of 15,000 resources does not take 15,000 pieces of the heap.
#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <vector>

namespace sekimori::inventory {

template <class T, std::size_t per_chunk = 256>
class stable_list {
 public:
  class const_iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    const_iterator() = default;
    const_iterator(const stable_list& of, std::size_t at) : of_(&of), at_(at) {}
    const T& operator*() const { return (*of_)[at_]; }
    const T* operator->() const { return &(*of_)[at_]; }
    const_iterator& operator++() { ++at_; return *this; }
    const_iterator operator++(int) { const_iterator before = *this; ++at_; return before; }
    bool operator==(const const_iterator& other) const { return at_ == other.at_; }

   private:
    const stable_list* of_ = nullptr;
    std::size_t at_ = 0;
  };

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::size_t index) { return chunks_[index / per_chunk][index % per_chunk]; }
  const T& operator[](std::size_t index) const { return chunks_[index / per_chunk][index % per_chunk]; }
  const T& front() const { return (*this)[0]; }
  const_iterator begin() const { return {*this, 0}; }
  const_iterator end() const { return {*this, size_}; }

  T& emplace_back() {
    if (size_ == chunks_.size() * per_chunk) chunks_.push_back(std::make_unique<T[]>(per_chunk));
    return (*this)[size_++];
  }
  void pop_back() { (*this)[--size_] = T(); }

 private:
  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace sekimori::inventory
