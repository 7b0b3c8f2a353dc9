// One draft may be written from several sides: the page that has it open saves the whole document again and
// again, the viewer attaches images to what is stored, so does another program. A save must not take away
// what its writer has never seen. Parts are attachments of images and findings that name an image; what a
// writer saw and then removed stays removed.
#pragma once

#include "core/clinical/Document.h"

#include <QStringList>

namespace naru::services {

QStringList draftParts(const clinical::Document &document); // names of its parts, of no meaning elsewhere
// Adds the parts of `stored` that are not among `seen`; false when there were none. A study that both sides
// attached goes once, with the larger choice of images.
bool takeUnseen(clinical::Document &mine, const clinical::Document &stored, const QStringList &seen);

} // namespace naru::services
