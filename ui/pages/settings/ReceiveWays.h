// How images may reach this computer: with certificates on both sides (TLS), and from folders that are
// watched. Says what was changed; the part that holds it keeps and restarts.
#pragma once

#include "core/services/PacsTypes.h"

#include <QWidget>

class QCheckBox;
class QPushButton;

namespace naru::ui {

class AppContext;
class FlowRow;
class HangulLineEdit;

class ReceiveWays : public QWidget {
    Q_OBJECT
public:
    explicit ReceiveWays(AppContext &context, QWidget *parent = nullptr);
    void show(const services::PacsListen &settings);
    void take(services::PacsListen &settings) const; // what stands in the fields
    // The field that keeps the settings from being used, with its sentence; null: none.
    QWidget *fault(const services::PacsListen &settings, QString *sentence) const;
    void addFolder(const QString &folder);

Q_SIGNALS:
    void changed();

private:
    HangulLineEdit *field(FlowRow *row, const char *key, const QString &label);
    void chooseFolder();
    void showFolders();

    AppContext &m_context;
    QCheckBox *m_tls = nullptr;
    QWidget *m_files = nullptr, *m_folderRow = nullptr;
    HangulLineEdit *m_certificate = nullptr, *m_key = nullptr, *m_authorities = nullptr;
    FlowRow *m_row = nullptr;
    QPushButton *m_add = nullptr;
    QList<QPushButton *> m_buttons{};
    QStringList m_folders{};
};

} // namespace naru::ui
