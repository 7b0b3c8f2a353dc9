// Settings by category, and the endpoint test in ten steps. Changes take effect at once and can be undone.
#pragma once

#include "ui/shell/Page.h"

#include <QPointer>
#include <functional>

class QComboBox;
class QLabel;
class QListWidget;
class QStackedWidget;
class QVBoxLayout;

namespace naru::ui {

class DataTable;
class HangulLineEdit;
class JobLine;
class MessageStrip;
class TermsPart;
class UiJob;

class SettingsPage : public Page {
    Q_OBJECT
public:
    explicit SettingsPage(AppContext &context, QWidget *parent = nullptr);
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override;
    bool refresh() override; // F5: endpoint test
    bool goToSection(int number) override;
    bool undo() override;
    bool find() override;
    QList<QWidget *> panes() const override;
    void focusFirst() override;
    QList<QPair<QString, QString>> keys() const override;
    void showProbe(const services::ProbeResult &result, bool finished);

private:
    QVBoxLayout *addCategory(const QString &key, const QString &name);
    void makeClinic();
    void makeConnection();
    void makeTerms();
    void makeAppearance();
    void makeSecurity();
    void makeProgram();
    QWidget *settingEditor(const QString &key);
    void set(const QString &key, const QVariant &value);
    void apply(const QString &key, const QVariant &value);
    void saveClinic();
    void test();
    void filterCategories(const QString &query);

    struct Step {
        QString key{};
        QVariant before{};
    };
    QListWidget *m_categories = nullptr;
    QStackedWidget *m_stack = nullptr;
    QStringList m_keys{};
    HangulLineEdit *m_search = nullptr;
    MessageStrip *m_strip = nullptr;
    QHash<QString, QWidget *> m_editors{};
    QHash<QString, HangulLineEdit *> m_clinic{};
    QComboBox *m_endpoint = nullptr;
    DataTable *m_probe = nullptr;
    QLabel *m_probeTitle = nullptr, *m_probeAdvice = nullptr;
    JobLine *m_job = nullptr;
    TermsPart *m_terms = nullptr;
    QPointer<UiJob> m_running{};
    services::ProbeResult m_last{};
    QList<Step> m_undo{};
    bool m_setting = false;
};

} // namespace naru::ui
