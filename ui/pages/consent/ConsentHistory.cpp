#include "ui/pages/consent/ConsentHistory.h"

#include "core/services/ConsentService.h"
#include "ui/shell/AppContext.h"
#include "ui/text/Words.h"

#include <QHeaderView>
#include <QTextCursor>

namespace naru::ui {

using clinical::Programme;

namespace {

bool isWithdrawal(const clinical::ConsentStatement &statement)
{
    return !statement.reason.isEmpty() || !statement.withdrawnInstitutions.empty()
        || (!statement.agreedProvision && !statement.agreedSensitive);
}

} // namespace

ConsentHistory::ConsentHistory(AppContext &context, const services::PatientKey &patient, QWidget *parent)
    : QTreeWidget(parent)
    , m_context(context)
    , m_patient(patient)
{
    setObjectName(QStringLiteral("consent.history"));
    setAccessibleName(tr("History of consents"));
    setRootIsDecorated(false);
    setHeaderLabels({tr("Date"), tr("Act"), tr("Programmes"), tr("Signed by"), tr("Valid until")});
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(2, QHeaderView::Stretch);
}

void ConsentHistory::reload()
{
    clear();
    const auto lang = m_context.language();
    for (const clinical::ConsentStatement &statement : m_context.profile().consents().history(m_patient)) {
        QStringList programmes;
        for (const Programme programme : statement.programmes)
            programmes << text::programmeShortName(programme, lang);
        auto *item = new QTreeWidgetItem(this);
        item->setText(0, statement.date.toDisplay());
        item->setText(1, isWithdrawal(statement) ? tr("withdrawn") : tr("given"));
        item->setText(2, programmes.join(QStringLiteral(", ")));
        item->setText(3, statement.signerName);
        item->setText(4, statement.validUntil.toDisplay());
    }
    if (topLevelItemCount() == 0) {
        auto *none = new QTreeWidgetItem(this);
        none->setText(2, tr("No consent is on record."));
    }
    setCurrentItem(topLevelItem(0));
}

void ConsentHistory::insertInto(QTextCursor &cursor) const
{
    constexpr int Most = 8;
    int shown = 0;
    for (const clinical::ConsentStatement &statement : m_context.profile().consents().history(m_patient)) {
        if (++shown > Most)
            break;
        QStringList programmes;
        for (const Programme programme : statement.programmes)
            programmes << text::programmeName(programme, m_context.language());
        QStringList words{statement.date.toDisplay(), isWithdrawal(statement) ? tr("withdrawn") : tr("given"),
            programmes.join(QStringLiteral(", ")), statement.signerName};
        if (!statement.validUntil.isNull() && !isWithdrawal(statement))
            words << tr("valid until %1").arg(statement.validUntil.toDisplay());
        words.removeAll(QString());
        if (!cursor.atStart())
            cursor.insertBlock();
        cursor.insertText(words.join(QStringLiteral("  ·  ")));
    }
    if (shown == 0)
        cursor.insertText(tr("No consent is on record."));
    cursor.insertBlock();
    cursor.insertText(tr("Space ticks a programme; then its words are shown here."));
}

} // namespace naru::ui
