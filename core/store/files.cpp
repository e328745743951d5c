#include "core/store/files.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>
#include <utility>

#include "core/error.h"

namespace discern {

namespace {

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;

    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool valid() const { return fd_ >= 0; }
    /// Returns 0 or the error's number.
    int close() { return ::close(std::exchange(fd_, -1)) == 0 ? 0 : errno; }

private:
    int fd_;
};

std::string reason(int error) { return std::generic_category().message(error); }

[[noreturn]] void cannotRead(const std::filesystem::path& path, int error) {
    const std::string start = "cannot read " + path.string() + ": ";
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            throw Error(ErrorKind::Input, start + "there is no such file; check the path");
        case EACCES:
            throw Error(ErrorKind::Input, start + "permission denied; make the file readable");
        case EISDIR:
            throw Error(ErrorKind::Input, start + "it is a folder; choose a file");
        default:
            throw Error(ErrorKind::Input, start + reason(error) + "; check the disk and try again");
    }
}

[[noreturn]] void noRegularFile(const std::filesystem::path& path) {
    throw Error(ErrorKind::Input,
                "cannot read " + path.string() + ": it is a pipe, socket or device; choose a regular file");
}

[[noreturn]] void cannotWrite(const std::filesystem::path& path, int error) {
    const std::string start = "cannot write " + path.string() + ": ";
    switch (error) {
        case ENOSPC:
        case EDQUOT:
            throw Error(ErrorKind::Run, start + "the disk is full; free some space or choose another folder");
        case EACCES:
        case EPERM:
        case EROFS:
            throw Error(ErrorKind::Run, start + "the folder is not writable; choose another folder");
        case ENOTDIR:
        case EEXIST:
            throw Error(ErrorKind::Run, start + "a file is in the folder's place; choose another folder");
        case EISDIR:
            throw Error(ErrorKind::Run, start + "a folder has that name; choose another name");
        default:
            throw Error(ErrorKind::Run, start + reason(error) + "; choose another folder");
    }
}

Descriptor openForReading(const std::filesystem::path& path, std::uintmax_t& size) {
    // Without O_NONBLOCK opening a pipe would wait for a writer.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (!file.valid() && errno == ENXIO) {
        noRegularFile(path);  // a socket
    }
    if (!file.valid() || ::fstat(file.get(), &status) != 0) {
        cannotRead(path, errno);
    }
    if (S_ISDIR(status.st_mode)) {
        cannotRead(path, EISDIR);
    }
    if (!S_ISREG(status.st_mode)) {
        noRegularFile(path);
    }
    size = static_cast<std::uintmax_t>(status.st_size);
    return file;
}

/// Returns how many bytes were read: fewer than asked for only at the end of the file.
std::size_t readBytes(const Descriptor& file, char* into, std::size_t count, const std::filesystem::path& path) {
    std::size_t done = 0;
    while (done < count) {
        const ssize_t got = ::read(file.get(), into + done, count - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            cannotRead(path, errno);
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

/// Returns 0 or the error's number.
int writeBytes(const Descriptor& file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(file.get(), bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) {
            return errno;
        }
        if (put > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
    }
    return 0;
}

/// Unique among the processes and threads of this machine.
std::string temporaryName() {
    static std::atomic<unsigned> count = 0;
    return ".discern-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + ".part";
}

class Sha256 {
public:
    Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        check(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
    }

    void add(const void* data, std::size_t size) { check(EVP_DigestUpdate(context_.get(), data, size) == 1); }

    [[nodiscard]] std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        check(EVP_DigestFinal_ex(context_.get(), digest.data(), &length) == 1);
        constexpr const char* digits = "0123456789abcdef";
        std::string text;
        for (unsigned int i = 0; i < length; ++i) {
            text += digits[digest[i] >> 4];
            text += digits[digest[i] & 15];
        }
        return text;
    }

private:
    static void check(bool worked) {
        if (!worked) {
            throw Error(ErrorKind::Run, "OpenSSL offers no SHA-256 on this machine; install libssl3");
        }
    }

    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::filesystem::path dataFolder() {
    if (const char* xdg = std::getenv("XDG_DATA_HOME"); xdg != nullptr && *xdg == '/') {
        return std::filesystem::path(xdg) / "discern";
    }
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home != nullptr && *home != '\0' ? home : "/") / ".local/share/discern";
}

std::string sha256OfBytes(const void* data, std::size_t size) {
    Sha256 sum;
    sum.add(data, size);
    return sum.hex();
}

std::string sha256OfFile(const std::filesystem::path& path) {
    std::uintmax_t size = 0;
    const Descriptor file = openForReading(path, size);
    Sha256 sum;
    std::string block(1u << 20, '\0');
    while (const std::size_t got = readBytes(file, block.data(), block.size(), path)) {
        sum.add(block.data(), got);
    }
    return sum.hex();
}

std::string readFile(const std::filesystem::path& path, std::uintmax_t limit) {
    std::uintmax_t size = 0;
    const Descriptor file = openForReading(path, size);
    if (size > limit) {
        throw Error(ErrorKind::Input, path.string() + " holds " + grouped(size) + " bytes, more than the " +
                                          grouped(limit) + " that are read; choose a smaller file");
    }
    std::string contents(size, '\0');
    contents.resize(readBytes(file, contents.data(), contents.size(), path));
    return contents;
}

void makeFolder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error || !std::filesystem::is_directory(folder, error)) {
        cannotWrite(folder, error ? error.value() : ENOTDIR);
    }
}

void writeFileSafely(const std::filesystem::path& path, std::string_view contents) {
    std::error_code ignored;
    const std::filesystem::file_status status = std::filesystem::status(path, ignored);
    if (std::filesystem::is_directory(status)) {
        cannotWrite(path, EISDIR);
    }
    // A device or pipe is written to, never replaced by a file.
    const bool replace = !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    makeFolder(folder);
    const std::filesystem::path temporary = replace ? folder / temporaryName() : path;
    const int flags = replace ? O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL : O_WRONLY | O_CLOEXEC;
    Descriptor file(::open(temporary.c_str(), flags, 0666));
    if (!file.valid()) {
        cannotWrite(path, errno);
    }
    int error = writeBytes(file, contents);
    if (replace && error == 0) {
        error = ::fsync(file.get()) == 0 ? 0 : errno;
    }
    const int closed = file.close();
    error = error != 0 ? error : closed;
    if (replace && error == 0) {
        error = ::rename(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
    }
    if (error != 0) {
        if (replace) {
            ::unlink(temporary.c_str());
        }
        cannotWrite(path, error);
    }
}

std::string grouped(std::uintmax_t number) {
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
        text.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return text;
}

}  // namespace discern
