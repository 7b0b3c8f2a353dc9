#include "ui/pages/compose/EarlierWords.h"

#include "core/base/Hangul.h"
#include "core/services/ComposeService.h"
#include "core/services/RecordService.h"
#include "ui/forms/ContentAccess.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/FormView.h"
#include "ui/forms/SectionView.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/AppContext.h"
#include "ui/widgets/MessageStrip.h"

namespace naru::ui {

namespace {

void mark(clinical::Source &source, const services::DocumentRow &row)
{
    source.kind = clinical::Source::Kind::Document;
    source.documentId = row.id;
    source.asOf = row.created;
    source.label = row.title + QLatin1Char(' ') + row.institution;
    source.reviewed = false;
}

QString labelOf(const services::DocumentRow &row)
{
    return QStringList{row.title, row.institution, row.created.toIso().left(10)}
        .join(QLatin1Char(' '))
        .simplified();
}

} // namespace

EarlierWords::EarlierWords(
    AppContext &context, DocumentModel &model, FormView *form, MessageStrip *strip, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_model(model)
    , m_form(form)
    , m_strip(strip)
{
}

void EarlierWords::offer(const services::PatientKey &patient)
{
    if (m_model.readOnly() || m_form->sections().empty())
        return;
    const QString key = m_form->sections()[size_t(m_form->currentIndex())]->key();
    auto profile = m_context.sharedProfile();
    const QString own = m_model.document().id.root;
    struct Earlier {
        clinical::Content content{};
        services::DocumentRow row{};
    };
    UiJob::start<Earlier>(
        m_context.queue(), this,
        [profile, patient, own, key](const base::WorkContext &) -> base::Result<Earlier> {
            Earlier earlier;
            for (const services::DocumentRow &row : profile->records().local(patient)) {
                if (!row.local || row.id == own || !row.problem.isEmpty())
                    continue;
                auto content = profile->compose().contentOf(row.id);
                clinical::Document probe;
                if (content)
                    probe.content = *content;
                if (content && !sectionEmpty(probe, key)) {
                    earlier.content = *content;
                    earlier.row = row;
                    break;
                }
            }
            return earlier;
        },
        [this, key](const base::Result<Earlier> &result) {
            if (!result || result->row.id.isEmpty()) {
                m_strip->show(
                    MessageStrip::Kind::Info, tr("No earlier document says anything for this section."));
                return;
            }
            take(key, result->content, result->row);
        });
}

void EarlierWords::take(const QString &key, clinical::Content earlier, const services::DocumentRow &row)
{
    if (const clinical::Text *text = textField(earlier, key))
        takeText(key, *text, row);
    else
        takeRows(key, earlier, row);
}

void EarlierWords::showSection(const QString &key)
{
    if (SectionView *view = m_form->section(key)) {
        view->expand();
        view->reload();
        view->focusField();
    }
}

void EarlierWords::takeText(const QString &key, const clinical::Text &found, const services::DocumentRow &row)
{
    const auto put = [this, key, found, row] {
        m_model.edit(key, [&](DocumentModel::State &state) {
            clinical::Text *mine = textField(state.document.content, key);
            const QString before = mine->text.trimmed();
            *mine = found;
            mark(mine->source, row);
            if (!before.isEmpty())
                mine->text = before + QLatin1Char('\n') + found.text;
        });
        m_strip->clear();
        showSection(key);
    };
    const QString label = labelOf(row);
    DocumentModel::State state = m_model.state();
    const clinical::Text *mine = textField(state.document.content, key);
    if (!mine || mine->text.trimmed().isEmpty())
        put();
    else if (mine->text.contains(found.text.trimmed()))
        m_strip->show(MessageStrip::Kind::Info, tr("%1 says nothing that is not here already.").arg(label));
    else // what was written is never replaced
        m_strip->show(MessageStrip::Kind::Info,
            tr("%1 says: “%2”").arg(label, base::withVisibleControls(found.text.simplified().left(160))),
            {{tr("Add it"), put}});
}

void EarlierWords::takeRows(const QString &key, clinical::Content &earlier, const services::DocumentRow &row)
{
    int taken = 0;
    m_model.edit(key, [&](DocumentModel::State &state) {
        if (key == QLatin1String("social") && state.document.content.social.isEmpty()) {
            state.document.content.social = earlier.social;
            mark(state.document.content.social.source, row);
            ++taken;
        }
        for (int i = 0; i < listCount(earlier, key);) {
            if (listHasSame(state.document.content, key, earlier, i)
                || listHasSame(state.leftOut, key, earlier, i)) {
                ++i;
                continue;
            }
            mark(*listSource(earlier, key, i), row);
            listMove(earlier, state.leftOut, key, i); // the next one moves to this place
            ++taken;
        }
    });
    showSection(key);
    const QString label = labelOf(row);
    if (taken == 0)
        m_strip->show(MessageStrip::Kind::Info, tr("%1 says nothing that is not here already.").arg(label));
    else
        m_strip->show(MessageStrip::Kind::Info,
            tr("%n found in %1; tick what belongs here.", nullptr, taken).arg(label));
}

} // namespace naru::ui
