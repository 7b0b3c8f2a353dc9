// Settings by category; what stands in a category is a part of its own.
#pragma once

#include "ui/shell/Page.h"

class QListWidget;
class QStackedWidget;
class QVBoxLayout;

namespace naru::ui {

class ArchivesPart;
class ClinicForm;
class ConnectionPart;
class HangulLineEdit;
class MessageStrip;
class SettingEditors;
class TermsPart;

class SettingsPage : public Page {
    Q_OBJECT
public:
    explicit SettingsPage(AppContext &context, QWidget *parent = nullptr);
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override;
    bool refresh() override; // F5: test of the exchange, or of the archive where the archives are shown
    bool goToSection(int number) override;
    bool undo() override;
    bool find() override;
    QList<QWidget *> panes() const override;
    void focusFirst() override;
    QList<QPair<QString, QString>> keys() const override;

private:
    QVBoxLayout *addCategory(const QString &key, const QString &name);
    void addPart(const QString &key, const QString &name, QWidget *part);
    void makeAppearance();
    void makeSecurity();
    void makeProgram();
    void test();
    void filterCategories(const QString &query);

    QListWidget *m_categories = nullptr;
    QStackedWidget *m_stack = nullptr;
    QStringList m_keys{};
    HangulLineEdit *m_search = nullptr;
    MessageStrip *m_strip = nullptr;
    SettingEditors *m_editors = nullptr;
    ClinicForm *m_clinic = nullptr;
    ConnectionPart *m_connection = nullptr;
    TermsPart *m_terms = nullptr;
    ArchivesPart *m_archives = nullptr;
};

} // namespace naru::ui
