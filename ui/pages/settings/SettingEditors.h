// An editor for every row of the settings, chosen by its kind. A change takes effect at once and can be
// undone.
#pragma once

#include <QHash>
#include <QObject>
#include <QVariant>

class QWidget;

namespace naru::services {
struct SettingRow;
}

namespace naru::ui {

class AppContext;
class MessageStrip;

class SettingEditors : public QObject {
    Q_OBJECT
public:
    // A change that could not be kept is said in `strip`.
    SettingEditors(AppContext &context, MessageStrip *strip, QObject *parent = nullptr);

    // The labelled editor of `key`; nothing when there is no such setting.
    QWidget *make(const QString &key, QWidget *parent);
    bool contains(const QString &key) const { return m_editors.contains(key); }
    bool undo();

private:
    QString labelOf(const QString &key) const;
    QWidget *editorOf(const services::SettingRow &row);
    QWidget *choiceOf(const services::SettingRow &row);
    QWidget *numberOf(const services::SettingRow &row);
    void set(const QString &key, const QVariant &value);
    void apply(const QString &key, const QVariant &value);

    struct Step {
        QString key{};
        QVariant before{};
    };
    AppContext &m_context;
    MessageStrip *m_strip;
    QHash<QString, QWidget *> m_editors{};
    QList<Step> m_undo{};
    bool m_setting = false;
};

} // namespace naru::ui
