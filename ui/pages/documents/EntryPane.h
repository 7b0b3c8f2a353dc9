// The coded statements of a section, with everything about the chosen one: code, system, original words,
// translations, time.
#pragma once

#include "core/clinical/ReadDocument.h"
#include "ui/text/Language.h"

#include <QWidget>

class QLabel;
class QTreeWidget;

namespace naru::ui {

class Theme;

class EntryPane : public QWidget {
    Q_OBJECT
public:
    EntryPane(Theme &theme, text::Language language, QWidget *parent = nullptr);
    void setSection(const clinical::Section *section);
    QTreeWidget *list() const { return m_list; }
    const clinical::Entry *current() const;
    static QString rowText(const clinical::Entry &entry);
    static QString codeText(const clinical::Entry &entry);

Q_SIGNALS:
    void trendRequested(const naru::clinical::Entry &entry);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add(const clinical::Entry &entry, void *parent, int depth);
    void showDetail();

    // The name a reader knows for a general code, for an entry without code, for a state; else what the
    // document says.
    QString worded(const QString &group, const QString &key, const QString &otherwise) const;

    Theme &m_theme;
    text::Language m_language;
    QLabel *m_title = nullptr;
    QTreeWidget *m_list = nullptr;
    QLabel *m_detail = nullptr;
    std::vector<const clinical::Entry *> m_entries{};
};

} // namespace naru::ui
