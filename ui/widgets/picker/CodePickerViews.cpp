// What the picker shows besides plain matches: codes below an incomplete one, the hierarchy, a pasted column.
#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/picker/PickerList.h"

namespace naru::ui {

namespace {

constexpr int kMostRows = 200; // a category with all its digits; more is no list for people
constexpr int kMostPasted = 100;

QString named(const CodeChoice &choice)
{
    return choice.code == choice.title() ? choice.code : choice.code + QLatin1Char(' ') + choice.title();
}

} // namespace

void CodePicker::openChildren(const CodeChoice &parent)
{
    std::vector<CodeChoice> rows = m_source->children(parent);
    if (rows.empty()) {
        choose(m_list->current());
        return;
    }
    if (rows.size() > size_t(kMostRows))
        rows.resize(kMostRows);
    CodeChoice anyway = parent;
    anyway.children = 0; // Enter takes this one; its warning stays on it
    anyway.heading = tr("Use it anyway – claims will not accept it");
    anyway.marks.clear();
    rows.push_back(anyway);
    m_under.push_back({m_view, m_model->rows(), m_list->current(), m_title, m_footer});
    const QString count = tr("%n code(s) below", nullptr, int(rows.size()) - 1);
    present({View::Children, std::move(rows), 0, tr("%1 is incomplete: choose one below").arg(named(parent)),
        count});
}

void CodePicker::openTree(const CodeChoice &centre)
{
    std::vector<CodeChoice> rows = m_source->path(centre);
    for (int i = 0; i < int(rows.size()); ++i)
        rows[size_t(i)].depth = i;
    const int depth = int(rows.size());
    std::vector<CodeChoice> level = m_source->siblings(centre);
    if (std::none_of(
            level.begin(), level.end(), [&](const CodeChoice &row) { return row.key == centre.key; }))
        level.insert(level.begin(), centre);
    int at = 0;
    for (CodeChoice &row : level) {
        const bool self = row.key == centre.key;
        if (rows.size() >= size_t(kMostRows) && !self)
            continue;
        row.depth = depth;
        if (self)
            at = int(rows.size());
        rows.push_back(row);
        if (!self)
            continue;
        for (CodeChoice &child : m_source->children(centre)) {
            child.depth = depth + 1;
            rows.push_back(child);
        }
    }
    if (m_view != View::Tree)
        m_under.push_back({m_view, m_model->rows(), m_list->current(), m_title, m_footer});
    m_centre = centre;
    present({View::Tree, std::move(rows), at, tr("Hierarchy: %1").arg(named(centre)), {}});
}

void CodePicker::stepInTree(bool down)
{
    const CodeChoice *here = current();
    if (!here)
        return;
    const auto &rows = m_model->rows();
    int row = m_list->current();
    if (down) {
        if (here->children == 0)
            return;
        if (here->key == m_centre.key && row + 1 < int(rows.size())
            && rows[size_t(row) + 1].depth > here->depth) // open already: go inside
            m_list->move(1);
        else
            openTree(CodeChoice(*here));
        return;
    }
    while (row >= 0 && rows[size_t(row)].depth >= here->depth)
        --row;
    if (row >= 0)
        openTree(CodeChoice(rows[size_t(row)]));
}

void CodePicker::toggleFavourite()
{
    const CodeChoice *choice = current();
    if (!choice || !choice->known)
        return;
    CodeChoice changed = *choice;
    changed.favourite = m_source->toggleFavourite(*choice);
    const int row = m_list->current();
    m_model->replaceRow(row, changed);
    currentMoved(row);
}

void CodePicker::toggleSide(const QString &side)
{
    m_side = m_side == side ? QString() : side;
    currentMoved(m_list->current());
}

void CodePicker::toggleDetails()
{
    m_details = !m_details;
    if (!m_details)
        m_list->setDetails({});
    currentMoved(m_list->current());
}

bool CodePicker::offerPasted(const QString &text)
{
    if (m_mode == Mode::Single || !m_source || text.size() > 64 * 1024)
        return false;
    CodePasted found = m_source->pasted(text);
    if (found.rows.empty() || found.rows.size() + size_t(found.unknown.size()) < 2)
        return false;
    // A sentence that happens to hold a code is a sentence; a column is one whatever stands in it.
    const bool column =
        text.trimmed().contains(QLatin1Char('\n')) || text.trimmed().contains(QLatin1Char('\t'));
    if (!column && !found.unknown.isEmpty())
        return false;
    if (found.rows.size() > size_t(kMostPasted))
        found.rows.resize(kMostPasted);
    const int known = int(found.rows.size());
    const int unknown = int(found.unknown.size());
    std::vector<CodeChoice> rows = std::move(found.rows);
    for (const QString &word : found.unknown.mid(0, kMostPasted)) {
        CodeChoice row;
        row.key = row.ko = word.left(60);
        row.known = false;
        if (int(rows.size()) == known)
            row.heading = tr("Not known, left out: %n", nullptr, unknown);
        rows.push_back(row);
    }
    m_under.clear();
    if (listVisible() && m_view != View::Pasted)
        m_under.push_back({m_view, m_model->rows(), m_list->current(), m_title, m_footer});
    present({View::Pasted, std::move(rows), 0, tr("Pasted: add %n code(s)?", nullptr, known), {}});
    return true;
}

void CodePicker::dropPastedRow()
{
    std::vector<CodeChoice> rows = m_model->rows();
    const int row = m_list->current();
    if (row < 0 || !rows[size_t(row)].known)
        return;
    rows.erase(rows.begin() + row);
    const auto known =
        int(std::count_if(rows.begin(), rows.end(), [](const CodeChoice &choice) { return choice.known; }));
    if (known == 0) {
        if (!back())
            hideList();
        return;
    }
    present({View::Pasted, std::move(rows), qMin(row, known - 1),
        tr("Pasted: add %n code(s)?", nullptr, known), {}});
}

void CodePicker::choosePasted()
{
    const std::vector<CodeChoice> rows = m_model->rows();
    hideList();
    m_staying = true;
    for (const CodeChoice &row : rows) {
        if (!row.known)
            continue;
        m_source->used(row);
        take(row);
    }
    m_staying = false;
}

} // namespace naru::ui
