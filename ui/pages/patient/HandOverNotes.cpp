#include "ui/pages/patient/HandOverNotes.h"

#include "core/base/Hangul.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
constexpr int RowsShown = 5;
} // namespace

HandOverNotes::HandOverNotes(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_strip(new MessageStrip(context.theme(), this))
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("patient.handOver"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 1);
    column->addWidget(m_strip);
    m_list = new DataTable(theme, new RowModel(theme, {tr("In the file"), tr("What became of it")}), {2, 3},
        tr("Not taken over as it is"), this);
    m_list->setObjectName(QStringLiteral("patient.handOver.list"));
    m_list->setFixedHeight(theme.rowHeight() * (RowsShown + 1));
    m_list->hide();
    column->addWidget(m_list);
    hide();
}

void HandOverNotes::show(const std::vector<clinical::HandOverNote> &notes)
{
    if (notes == m_notes)
        return;
    m_notes = notes;
    std::vector<ModelRow> rows;
    for (const clinical::HandOverNote &note : notes) {
        ModelRow row{QString::number(rows.size()), {}, {}, false, false};
        row.cells = {tippedCell(base::withVisibleControls(note.place)),
            tippedCell(text::handOverNote(note.message, m_context.language()))};
        rows.push_back(std::move(row));
    }
    m_list->setRows(std::move(rows));
    setVisible(!notes.empty());
    m_list->hide();
    say(tr("What?"));
}

void HandOverNotes::say(const QString &verb)
{
    m_strip->show(MessageStrip::Kind::Info,
        tr("%n part(s) of the EMR's hand-over were not taken as they are", nullptr, int(m_notes.size())),
        {{verb, [this] {
              if (!fold())
                  unfold();
          }}});
}

void HandOverNotes::unfold()
{
    m_list->show();
    m_list->setFocus(Qt::OtherFocusReason);
    say(tr("Fold"));
}

bool HandOverNotes::fold()
{
    if (m_list->isHidden())
        return false;
    const bool here = m_list->hasFocus();
    m_list->hide();
    say(tr("What?"));
    if (here) // back to the button it came from
        m_strip->findChild<QPushButton *>()->setFocus(Qt::OtherFocusReason);
    return true;
}

} // namespace naru::ui
