#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "adapters/vault/file_vault.h"

namespace softbot {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

class VaultTest : public ::testing::Test {
 protected:
  VaultTest() {
    std::string name = (fs::temp_directory_path() / "softbot-vault-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  ~VaultTest() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path key_file() const { return folder_ / "data.key"; }
  [[nodiscard]] fs::path data() const { return folder_ / "data"; }

  std::unique_ptr<FileVault> open(WhenAbsent when_absent = WhenAbsent::create) {
    auto vault = FileVault::open(key_file(), data(), when_absent);
    if (!vault) throw std::runtime_error(vault.error().message);
    return std::move(*vault);
  }

  Error refusal_of(const fs::path& file, WhenAbsent when_absent = WhenAbsent::create) {
    const auto vault = FileVault::open(file, data(), when_absent);
    return vault ? Error{} : vault.error();
  }

  fs::path folder_;
};

TEST_F(VaultTest, MakesAKeyFileThatOnlyItsOwnerMayRead) {
  open();
  struct stat about {};
  ASSERT_EQ(stat(key_file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST_F(VaultTest, TheSameKeyFileOpensWhatItSealedBefore) {
  const auto first = open();
  const std::string key = first->new_wrapped_key();
  const std::string sealed = first->seal(key, "application:A", "inhoud");
  const auto again = open(WhenAbsent::refuse);
  EXPECT_EQ(again->open(key, "application:A", sealed), "inhoud");
  EXPECT_EQ(again->bsn_lookup("999990007"), first->bsn_lookup("999990007"));
  EXPECT_EQ(again->application_code(ApplicationReference("A"s)),
            first->application_code(ApplicationReference("A"s)));
}

TEST_F(VaultTest, RefusesAKeyInsideTheDataFolderHoweverItIsWritten) {
  for (const fs::path& file :
       {data() / "master.key", data() / "deep" / "master.key", data() / ".." / "data" / "k"}) {
    EXPECT_EQ(refusal_of(file).code, ErrorCode::configuration) << file;
    EXPECT_FALSE(fs::exists(file));
  }
  fs::create_directories(data());
  fs::create_directory_symlink(data(), folder_ / "link");
  EXPECT_EQ(refusal_of(folder_ / "link" / "master.key").code, ErrorCode::configuration);
}

TEST_F(VaultTest, AcceptsAKeyBesideADataFolderWithTheSameBeginning) {
  EXPECT_EQ(default_key_file(data()), key_file());
  EXPECT_EQ(default_key_file(data() / ""), key_file());
  EXPECT_TRUE(FileVault::open(default_key_file(data()), data(), WhenAbsent::create));
}

TEST_F(VaultTest, RefusesToMakeAKeyForDataThatAnotherOneSealed) {
  const Error error = refusal_of(key_file(), WhenAbsent::refuse);
  EXPECT_EQ(error.code, ErrorCode::configuration);
  EXPECT_NE(error.message.find("put it back"), std::string::npos) << error.message;
  EXPECT_FALSE(fs::exists(key_file()));
}

TEST_F(VaultTest, RefusesAKeyThatOthersMayRead) {
  open();
  fs::permissions(key_file(), fs::perms::others_read, fs::perm_options::add);
  EXPECT_NE(refusal_of(key_file()).message.find("chmod 600"), std::string::npos);
}

TEST_F(VaultTest, RefusesADamagedKeyFileWithoutShowingIt) {
  for (const char* text : {"", "softbot-master-key-1 abc\n", "nonsense", "softbot-master-key-1 "}) {
    std::ofstream(key_file()) << text;
    fs::permissions(key_file(), fs::perms::owner_read | fs::perms::owner_write);
    const Error error = refusal_of(key_file());
    EXPECT_EQ(error.code, ErrorCode::configuration) << text;
    EXPECT_EQ(error.message.find("abc"), std::string::npos);
  }
}

TEST_F(VaultTest, NeitherAnotherMasterKeyNorAnotherPersonsKeyNorAnotherPlaceOpensASeal) {
  const auto vault = open();
  const auto stranger = FileVault::open(folder_ / "other.key", data(), WhenAbsent::create);
  const std::string key = vault->new_wrapped_key();
  const std::string sealed = vault->seal(key, "application:A", "inhoud");
  const auto damaged = [](const Result<std::string>& opened) {
    return !opened && opened.error().code == ErrorCode::damaged;
  };
  EXPECT_TRUE(damaged((*stranger)->open(key, "application:A", sealed)));
  EXPECT_TRUE(damaged(vault->open(vault->new_wrapped_key(), "application:A", sealed)));
  EXPECT_TRUE(damaged(vault->open(key, "application:B", sealed)));
  EXPECT_TRUE(damaged(vault->open("", "application:A", sealed))) << "a destroyed key";
  EXPECT_THROW(std::ignore = vault->seal("", "application:A", "inhoud"), std::invalid_argument);
}

TEST_F(VaultTest, SealingTwiceGivesDifferentBytes) {
  const auto vault = open();
  const std::string key = vault->new_wrapped_key();
  EXPECT_NE(vault->seal(key, "c", "same"), vault->seal(key, "c", "same"));
}

TEST_F(VaultTest, EverySealOpensAndEveryChangedByteIsNoticed) {
  const auto vault = open();
  const std::string key = vault->new_wrapped_key();
  rc::check("any text, any context; any flipped bit or cut",
            [&](const std::string& plain, const std::string& context) {
              std::string sealed = vault->seal(key, context, plain);
              RC_ASSERT(vault->open(key, context, sealed) == plain);
              const auto place = *rc::gen::inRange<std::size_t>(0, sealed.size());
              const std::string cut = sealed.substr(0, place);
              RC_ASSERT(!vault->open(key, context, cut));
              sealed[place] = static_cast<char>(sealed[place] ^ (1 << *rc::gen::inRange(0, 8)));
              RC_ASSERT(!vault->open(key, context, sealed));
            });
}

TEST_F(VaultTest, LookUpsAndCommitmentsAreEqualForEqualTextAndKeptApartByPurpose) {
  const auto vault = open();
  EXPECT_EQ(vault->bsn_lookup("999990007"), vault->bsn_lookup("999990007"));
  EXPECT_NE(vault->bsn_lookup("999990007"), vault->bsn_lookup("999990019"));
  EXPECT_EQ(vault->bsn_lookup("999990007").find("999990007"), std::string::npos);
  EXPECT_NE(vault->commitment("a", "bc"), vault->commitment("ab", "c"));
  EXPECT_NE(vault->commitment("token", "x"), vault->commitment("body", "x"));
  const auto stranger = FileVault::open(folder_ / "other.key", data(), WhenAbsent::create);
  EXPECT_NE((*stranger)->bsn_lookup("999990007"), vault->bsn_lookup("999990007"));
}

TEST_F(VaultTest, AnApplicationsCodeHasTwelveCharactersInGroupsAndDiffersPerReference) {
  const auto vault = open();
  std::set<std::string> codes;
  for (int i = 0; i < 200; ++i) {
    const std::string code = vault->application_code(new_reference(*vault));
    EXPECT_EQ(code.size(), 14U);
    EXPECT_EQ(normalise_reference(code), code);
    codes.insert(code);
  }
  EXPECT_EQ(codes.size(), 200U);
}

TEST_F(VaultTest, PasswordsMatchTheirOwnHashAlone) {
  const auto vault = open();
  const std::string hash = vault->hash_password("correct paard batterij");
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_TRUE(vault->password_matches(hash, "correct paard batterij"));
  EXPECT_FALSE(vault->password_matches(hash, "correct paard"));
  EXPECT_FALSE(vault->password_matches("", ""));
  EXPECT_FALSE(vault->password_matches(std::string(1000, 'x'), "correct paard batterij"));
}

TEST_F(VaultTest, SignaturesFitTheirTextAndTheirKey) {
  const auto vault = open();
  const std::string signature = vault->sign("link 1000");
  EXPECT_TRUE(vault->signature_fits("link 1000", signature));
  EXPECT_FALSE(vault->signature_fits("link 1001", signature));
  EXPECT_FALSE(vault->signature_fits("link 1000", ""));
  EXPECT_FALSE(vault->signature_fits("link 1000", signature.substr(0, signature.size() - 4)));
  const auto stranger = FileVault::open(folder_ / "other.key", data(), WhenAbsent::create);
  EXPECT_FALSE(vault->signature_fits("link 1000", (*stranger)->sign("link 1000")));
}

TEST_F(VaultTest, RandomBytesAreAsManyAsAskedAndNotTheSame) {
  const auto vault = open();
  EXPECT_EQ(vault->random_bytes(0), "");
  EXPECT_EQ(vault->random_bytes(33).size(), 33U);
  EXPECT_NE(vault->random_bytes(16), vault->random_bytes(16));
  EXPECT_EQ(new_id(*vault).size(), 26U);
}

}  // namespace
}  // namespace softbot
