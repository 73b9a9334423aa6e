#include "random.h"

#include <bit>
#include <utility>

namespace softbot::fill {
namespace {

/// splitmix64: spreads a seed over the state.
std::uint64_t spread(std::uint64_t& seed) {
  std::uint64_t z = (seed += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

/// FNV-1a.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char sign : text) value = (value ^ static_cast<unsigned char>(sign)) * 0x100000001b3U;
  return value;
}

}  // namespace

Random::Random(std::uint64_t seed) : state_{} {
  for (std::uint64_t& part : state_) part = spread(seed);
}

Random::Random(std::uint64_t seed, std::string_view purpose, std::uint64_t index)
    : Random(seed ^ hash(purpose) ^ (index * 0xd1342543de82ef95U)) {
}

std::uint64_t Random::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Random::uniform() {
  return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

double Random::between(double low, double high) {
  return low + (high - low) * uniform();
}

double Random::normal(double mean, double deviation) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += uniform();
  return mean + deviation * sum;
}

bool Random::chance(double probability) {
  return uniform() < probability;
}

std::size_t Random::below(std::size_t count) {
  return static_cast<std::size_t>(uniform() * static_cast<double>(count));
}

int Random::whole(int low, int high) {
  return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
}

}  // namespace softbot::fill
