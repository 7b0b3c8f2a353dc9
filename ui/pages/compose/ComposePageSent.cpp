// What became of the document that was sent from this page.
#include "core/services/OutboxService.h"
#include "ui/pages/compose/ComposePage.h"
#include "ui/pages/compose/SendOutcome.h"
#include "ui/pages/compose/SendSheet.h"
#include "ui/widgets/MessageStrip.h"

namespace naru::ui {

// The page stays open while the outbox works: it says what is so now, not what was hoped for.
void ComposePage::showOutcome()
{
    if (m_sending->item().isEmpty())
        return;
    const auto row = context().profile().outbox().get(m_sending->item());
    if (!row)
        return;
    const SendOutcome outcome = SendOutcome::of(*row, context().language());
    m_strip->show(outcome.kind, outcome.sentence,
        {{tr("Outbox"), [this] { context().openOutbox(m_sending->item()); }}});
}

// Under the legal exception the sheet is open already, and what the page says lies behind it.
void ComposePage::notSealed(const base::Error &error)
{
    if (m_sheet->isVisible())
        m_sheet->showError(error);
    else
        m_strip->showError(error, context().language(), tr("The document could not be sealed"));
}

} // namespace naru::ui
