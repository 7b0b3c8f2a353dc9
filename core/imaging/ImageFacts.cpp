#include "core/imaging/ImageFacts.h"

namespace naru::imaging {

const FrameFacts &ImageFacts::frame(int index) const
{
    static const FrameFacts none{};
    if (frameFacts.size() == 1 && index >= 0)
        return frameFacts.front();
    return index >= 0 && std::size_t(index) < frameFacts.size() ? frameFacts[std::size_t(index)] : none;
}

} // namespace naru::imaging
