#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SOFTBOT_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SOFTBOT_SANITIZED true
#endif
#endif
#ifndef SOFTBOT_SANITIZED
#define SOFTBOT_SANITIZED false
#endif

namespace softbot::ocr {

/// Built with AddressSanitizer or ThreadSanitizer: they map terabytes that they never touch, and ask a pipe
/// whether memory can be read. What is given to users is not.
inline constexpr bool is_sanitized = SOFTBOT_SANITIZED;

}  // namespace softbot::ocr
