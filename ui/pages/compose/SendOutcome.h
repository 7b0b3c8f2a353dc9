// What is true of a document after [보내기]: it lies in the outbox, went out, was refused, or nobody knows
// yet.
#pragma once

#include "core/services/Types.h"
#include "ui/text/Language.h"
#include "ui/widgets/MessageStrip.h"

#include <QCoreApplication>

namespace naru::ui {

struct SendOutcome {
    Q_DECLARE_TR_FUNCTIONS(SendOutcome)
public:
    static SendOutcome of(const services::OutboxRow &row, text::Language language);

    MessageStrip::Kind kind = MessageStrip::Kind::Info;
    QString sentence{};
};

} // namespace naru::ui
