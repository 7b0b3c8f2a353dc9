// One image as a viewport shows it: pixels when they are there, else why not.
#pragma once

#include "core/base/Error.h"
#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"

#include <optional>

namespace naru::ui {

struct ShownImage {
    enum class State : char { Nothing, Loading, Ready, Broken };
    State state = State::Nothing;
    QString key{}; // of the instance
    std::shared_ptr<const imaging::ImageFacts> facts{};
    int frame = 0;
    imaging::Frame pixels{};
    std::optional<base::Error> error{};
    // While it is Loading: `pixels` are a smaller picture, each side halved so many times. To look at only.
    int halvings = 0;

    bool isCoarse() const { return state == State::Loading && halvings > 0 && facts; }
    bool isReady() const { return state == State::Ready && facts; }
    bool isGrey() const { return isReady() && pixels.shape.samples == 1; } // has a window
    // "instance/frame", stable: measurements and key images hang on it.
    QString place() const { return key + QLatin1Char('/') + QString::number(frame); }
    const imaging::FrameFacts &frameFacts() const
    {
        static const imaging::FrameFacts none{};
        return facts ? facts->frame(frame) : none;
    }
};

} // namespace naru::ui
