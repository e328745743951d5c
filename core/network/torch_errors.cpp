#include "core/network/torch_errors.h"

#include <new>
#include <opencv2/core.hpp>

namespace discern {
namespace {

std::string firstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

/// TorchScript's interpreter tells where it was before it tells why: the reason follows the last line that begins with
/// the name of an error. Other texts begin with their reason.
std::string afterTraceback(const std::string& text) {
    if (text.find("raceback of TorchScript") == std::string::npos) return text;
    const std::size_t name = text.rfind("Error: ");
    return name == std::string::npos ? text.substr(text.rfind('\n', text.find_last_not_of(" \n")) + 1)
                                     : text.substr(name + 7);
}

/// LibTorch's checks of itself ask that a bug be reported to its authors before they say what was wrong.
std::string afterReportRequest(const std::string& text) {
    static constexpr std::string_view request = "please report a bug to PyTorch.";
    const std::size_t at = text.find(request);
    return at == std::string::npos ? text : text.substr(at + request.size());
}

/// "[enforce fail at alloc_cpu.cpp:127] . data. DefaultCPUAllocator: ..." begins with LibTorch's own source file.
std::string withoutSourcePlace(std::string text) {
    if (text.starts_with("[enforce fail")) text.erase(0, text.find(']') + 1);
    text.erase(0, std::min(text.find_first_not_of(" ."), text.size()));
    return text;
}

std::string whole(const std::exception& failure) {
    if (const auto* error = dynamic_cast<const c10::Error*>(&failure)) return error->what_without_backtrace();
    if (const auto* error = dynamic_cast<const cv::Exception*>(&failure)) return error->err;
    return failure.what();
}

}  // namespace

std::string reasonOf(const std::exception& failure) {
    const std::string text = afterReportRequest(afterTraceback(whole(failure)));
    std::string reason =
        withoutSourcePlace(firstLine(text.substr(std::min(text.find_first_not_of(" \n"), text.size()))));
    // The frames of LibTorch follow on the same line where it was not built with line breaks.
    reason = reason.substr(0, reason.find("Exception raised from"));
    reason.erase(reason.find_last_not_of(" .(:") + 1);
    return reason.empty() ? "it gives no reason" : reason;
}

bool outOfMemory(const std::exception& failure) {
    if (dynamic_cast<const c10::OutOfMemoryError*>(&failure) || dynamic_cast<const std::bad_alloc*>(&failure))
        return true;
    if (const auto* error = dynamic_cast<const cv::Exception*>(&failure)) return error->code == cv::Error::StsNoMem;
    // The ways in which LibTorch says so on the CPU and on a card, alone or wrapped by its interpreter.
    const std::string text = failure.what();
    const auto says = [&](const char* words) { return text.find(words) != std::string::npos; };
    return says("not enough memory") || says("out of memory") || says("allocate memory");
}

void rethrowAsError(ErrorKind kind, const std::string& failed) {
    try {
        throw;
    } catch (const Error&) {
        throw;
    } catch (const std::exception& failure) {
        if (outOfMemory(failure))
            throw Error(ErrorKind::Run, failed +
                                            ": it does not fit into the free memory; close other programs that use "
                                            "it, or take a smaller model.");
        throw Error(kind, failed + ": " + reasonOf(failure) + ".");
    }
}

}  // namespace discern
