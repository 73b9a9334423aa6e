#include "adapters/vault/file_vault.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

namespace softbot {
namespace {

constexpr std::size_t key_size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr char seal_version = 1;
constexpr std::string_view wrap_context = "person-key";
constexpr std::string_view signature_head = "ed25519:";

/// A key on the stack, wiped when it goes.
struct BareKey {
  BareKey() = default;
  ~BareKey() { sodium_memzero(bytes.data(), bytes.size()); }
  BareKey(const BareKey&) = delete;
  BareKey& operator=(const BareKey&) = delete;
  std::array<unsigned char, key_size> bytes{};
};

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string to_base64(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes_of(bytes), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(bytes_of(out), out.size(), text.data(), text.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return std::nullopt;
  }
  out.resize(size);
  return out;
}

std::string encrypt(const unsigned char* key, std::string_view context, std::string_view plain) {
  std::string out(1 + nonce_size + plain.size() + tag_size, '\0');
  out[0] = seal_version;
  unsigned char* nonce = bytes_of(out) + 1;
  randombytes_buf(nonce, nonce_size);
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_size, &written, bytes_of(plain), plain.size(),
                                             bytes_of(context), context.size(), nullptr, nonce, key);
  return out;
}

/// Decrypts into `out`, which must hold sealed.size() - overhead bytes.
bool decrypt(const unsigned char* key, std::string_view context, std::string_view sealed,
             unsigned char* out) {
  const unsigned char* nonce = bytes_of(sealed) + 1;
  unsigned long long written = 0;
  return crypto_aead_xchacha20poly1305_ietf_decrypt(out, &written, nullptr, nonce + nonce_size,
                                                    sealed.size() - 1 - nonce_size, bytes_of(context),
                                                    context.size(), nonce, key) == 0;
}

bool has_seal_form(std::string_view sealed) {
  return sealed.size() >= 1 + nonce_size + tag_size && sealed[0] == seal_version;
}

std::string hmac(const SecretBytes& key, std::string_view text) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.get(), static_cast<int>(key_size), bytes_of(text), text.size(), digest.data(),
           &size) == nullptr) {
    throw std::runtime_error("HMAC-SHA-256 is not available");
  }
  return {reinterpret_cast<const char*>(digest.data()), size};
}

SecretBytes derive(const unsigned char* master, std::uint64_t number) {
  SecretBytes key = allocate_secret(key_size);
  crypto_kdf_derive_from_key(key.get(), key_size, number, "softbot1", master);
  return key;
}

bool unwrap(const SecretBytes& wrapping, std::string_view wrapped_key, BareKey& key) {
  return has_seal_form(wrapped_key) && wrapped_key.size() == 1 + nonce_size + key_size + tag_size &&
         decrypt(wrapping.get(), wrap_context, wrapped_key, key.bytes.data());
}

}  // namespace

std::filesystem::path default_key_file(const std::filesystem::path& data_folder) {
  std::filesystem::path plain = std::filesystem::absolute(data_folder).lexically_normal();
  if (!plain.has_filename()) plain = plain.parent_path();
  plain += ".key";
  return plain;
}

Result<std::unique_ptr<FileVault>> FileVault::open(const std::filesystem::path& key_file,
                                                   const std::filesystem::path& data_folder,
                                                   WhenAbsent when_absent) {
  if (sodium_init() < 0) return fail(ErrorCode::internal, "The cryptographic library does not start.");
  auto master = load_master_key(key_file, data_folder, when_absent);
  if (!master) return fail(master.error());
  return std::unique_ptr<FileVault>(new FileVault(master->get()));  // NOLINT(cppcoreguidelines-owning-memory)
}

FileVault::FileVault(const unsigned char* master)
    : wrapping_(derive(master, 1)),
      lookups_(derive(master, 2)),
      codes_(derive(master, 3)),
      commitments_(derive(master, 4)),
      signing_(allocate_secret(crypto_sign_SECRETKEYBYTES)) {
  const SecretBytes seed = derive(master, 5);
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_seed_keypair(bytes_of(public_key), signing_.get(), seed.get());
  public_key_ = to_base64(public_key);
}

std::string FileVault::new_wrapped_key() const {
  BareKey key;
  randombytes_buf(key.bytes.data(), key.bytes.size());
  return encrypt(wrapping_.get(), wrap_context,
                 std::string_view(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()));
}

std::string FileVault::seal(std::string_view wrapped_key, std::string_view context,
                            std::string_view plain) const {
  BareKey key;
  if (!unwrap(wrapping_, wrapped_key, key)) {
    throw std::invalid_argument("sealing with a key that this vault did not wrap, or that was destroyed");
  }
  return encrypt(key.bytes.data(), context, plain);
}

Result<std::string> FileVault::open(std::string_view wrapped_key, std::string_view context,
                                    std::string_view sealed) const {
  BareKey key;
  if (!unwrap(wrapping_, wrapped_key, key)) {
    return fail(ErrorCode::damaged, "The key was destroyed, or belongs to another master key.");
  }
  if (!has_seal_form(sealed))
    return fail(ErrorCode::damaged, "Sealed data is cut short or of an unknown form.");
  std::string plain(sealed.size() - 1 - nonce_size - tag_size, '\0');
  if (!decrypt(key.bytes.data(), context, sealed, bytes_of(plain))) {
    return fail(ErrorCode::damaged, "Sealed data does not match its key and place.");
  }
  return plain;
}

std::string FileVault::bsn_lookup(std::string_view bsn) const {
  return to_base64(hmac(lookups_, bsn));
}

std::string FileVault::commitment(std::string_view purpose, std::string_view text) const {
  std::string both = std::to_string(purpose.size()) + ":";
  both.append(purpose).append(text);
  return to_base64(hmac(commitments_, both));
}

std::string FileVault::application_code(const ApplicationReference& reference) const {
  return base32_groups(hmac(codes_, reference.text), 12);
}

std::string FileVault::random_bytes(std::size_t count) const {
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string FileVault::hash_password(std::string_view password) const {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return hash.data();
}

bool FileVault::password_matches(std::string_view hash, std::string_view password) const {
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  std::array<char, crypto_pwhash_STRBYTES> whole{};
  hash.copy(whole.data(), hash.size());
  return crypto_pwhash_str_verify(whole.data(), password.data(), password.size()) == 0;
}

std::string FileVault::sign(std::string_view text) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(text), text.size(), signing_.get());
  return std::string(signature_head) + public_key_ + ":" + to_base64(signature);
}

bool FileVault::signature_fits(std::string_view text, std::string_view signature) const {
  const std::string head = std::string(signature_head) + public_key_ + ":";
  if (!signature.starts_with(head)) return false;
  const auto bare = from_base64(signature.substr(head.size()));
  const auto key = from_base64(public_key_);
  return bare && key && bare->size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(bytes_of(std::string_view(*bare)), bytes_of(text), text.size(),
                                     bytes_of(std::string_view(*key))) == 0;
}

}  // namespace softbot
