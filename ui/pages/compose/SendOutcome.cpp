#include "ui/pages/compose/SendOutcome.h"

#include "ui/text/Sentences.h"

namespace naru::ui {

SendOutcome SendOutcome::of(const services::OutboxRow &row, text::Language language)
{
    using Kind = MessageStrip::Kind;
    SendOutcome out;
    switch (row.state) {
    case services::OutboxState::Done:
        out.kind = Kind::Ok;
        out.sentence = tr("Sent and registered.");
        break;
    case services::OutboxState::Rejected:
        out.kind = Kind::Error;
        out.sentence = tr("It was rejected: %1. The outbox says what to do.")
                           .arg(text::sentence(row.lastError, language));
        break;
    case services::OutboxState::Unknown:
        out.kind = Kind::Warn;
        out.sentence =
            tr("It is not certain that it arrived. It is looked up by its own number before anything "
               "is sent again.");
        break;
    case services::OutboxState::Recalled:
        out.sentence = tr("Recalled. Nothing was sent.");
        break;
    case services::OutboxState::Held:
    case services::OutboxState::Queued:
    case services::OutboxState::Sending:
        out.sentence = row.lastError.isEmpty() ? tr("In the outbox, on its way.")
                                               : tr("Not sent yet: %1. It is tried again by itself.")
                                                     .arg(text::sentence(row.lastError, language));
        out.kind = row.lastError.isEmpty() ? Kind::Info : Kind::Warn;
        break;
    }
    return out;
}

} // namespace naru::ui
