#include "ui/forms/DocumentModel.h"

#include "ui/forms/ContentAccess.h"

namespace naru::ui {

namespace {
constexpr size_t kMostSteps = 500;
constexpr qint64 kSameWordMs = 4000;
} // namespace

DocumentModel::DocumentModel(QObject *parent)
    : QObject(parent)
{
}

void DocumentModel::load(const clinical::Document &document)
{
    m_state = {};
    m_state.document = document;
    m_undo.clear();
    m_redo.clear();
    Q_EMIT loaded();
}

void DocumentModel::setReadOnly(bool on)
{
    if (m_readOnly == on)
        return;
    m_readOnly = on;
    Q_EMIT readOnlyChanged(on);
}

bool DocumentModel::commit(
    const QString &field, const QString &text, bool typing, const std::function<void(State &)> &mutate)
{
    if (m_readOnly)
        return false;
    State after = m_state;
    mutate(after);
    if (after == m_state)
        return false;
    bool join = false;
    if (typing && !m_undo.empty() && m_undo.back().typing && m_undo.back().field == field
        && m_lastTyping.isValid() && m_lastTyping.elapsed() < kSameWordMs) {
        // A new word begins with the first letter after a space; deleting goes on with the same step.
        const QString &last = m_undo.back().text;
        const bool grew = text.size() > last.size();
        join = !(grew && !last.isEmpty() && last.back().isSpace() && !text.back().isSpace());
    }
    if (join) {
        m_undo.back().text = text;
    } else {
        m_undo.push_back({m_state, field, text, typing});
        if (m_undo.size() > kMostSteps)
            m_undo.erase(m_undo.begin());
    }
    m_redo.clear();
    m_lastTyping.restart();
    m_state = std::move(after);
    Q_EMIT edited(field);
    return true;
}

bool DocumentModel::edit(const QString &field, const std::function<void(State &)> &mutate)
{
    return commit(field, {}, false, mutate);
}

bool DocumentModel::type(
    const QString &field, const QString &text, const std::function<void(State &)> &mutate)
{
    return commit(field, text, true, mutate);
}

void DocumentModel::approve(const QString &section)
{
    edit(section, [&](State &state) {
        for (clinical::Source *source : sectionSources(state.document, section))
            source->reviewed = true;
    });
}

bool DocumentModel::needsReview(const QString &section) const
{
    State copy = m_state;
    for (const clinical::Source *source : sectionSources(copy.document, section)) {
        if (!source->reviewed && source->kind != clinical::Source::Kind::Typed
            && source->kind != clinical::Source::Kind::None)
            return true;
    }
    return false;
}

QString DocumentModel::restore(std::vector<Step> &from, std::vector<Step> &to)
{
    if (from.empty() || m_readOnly)
        return {};
    Step step = std::move(from.back());
    from.pop_back();
    to.push_back({m_state, step.field, {}, false});
    m_state = std::move(step.before);
    m_lastTyping.invalidate();
    Q_EMIT reverted(step.field);
    return step.field;
}

QString DocumentModel::undo()
{
    return restore(m_undo, m_redo);
}

QString DocumentModel::redo()
{
    return restore(m_redo, m_undo);
}

} // namespace naru::ui
