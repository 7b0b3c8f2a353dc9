// Where the images of a page come from: the store of the profile, or a disc that is looked at without being
// imported. Every call may wait and is made on worker threads.
#pragma once

#include "core/base/WorkContext.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/series/Stack.h"
#include "core/services/ImageTypes.h"

#include <functional>
#include <vector>

namespace naru::ui {

class StudySource {
public:
    virtual ~StudySource() = default;
    virtual base::Result<std::vector<services::StudyRow>> studies(const base::WorkContext &work) = 0;
    // All objects of a study with their facts; `handle` is what bytes() wants.
    virtual base::Result<std::vector<imaging::InstanceRef>> instances(
        const QString &studyKey, const base::WorkContext &work) = 0;
    // `handle` of the object of one frame that will probably be looked at first, found at once; empty: no
    // idea. A wrong one costs a decoded frame.
    virtual QString likelyFirst(const QString &) { return {}; }
    virtual base::Result<imaging::ImageSource> bytes(const QString &handle) = 0;
    virtual base::Result<imaging::DecoderPool *> pool() = 0;
    // Keeps an object of our own beside the images; false from keeps() when this source only looks.
    virtual bool keeps() const { return false; }
    virtual base::Status keep(const QByteArray &part10);
};

} // namespace naru::ui
