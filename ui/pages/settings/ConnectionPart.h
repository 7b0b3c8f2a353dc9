// The way to the exchange: its name, the clinic's certificate, and the test of an endpoint in ten steps.
#pragma once

#include "core/services/Types.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QVBoxLayout;

namespace naru::ui {

class AppContext;
class DataTable;
class JobLine;
class MessageStrip;
class UiJob;

class ConnectionPart : public QWidget {
    Q_OBJECT
public:
    // A test that could not be made is said in `strip`.
    ConnectionPart(AppContext &context, MessageStrip *strip, QWidget *parent = nullptr);
    void test();
    bool isTesting() const;
    void showProbe(const services::ProbeResult &result, bool finished);

Q_SIGNALS:
    void testWanted(); // the button; the page brings this part into view before the test

private:
    void addCertificate(QVBoxLayout *column);
    void addChoice(QVBoxLayout *column);
    void addResult(QVBoxLayout *column);
    void copyDiagnostics();

    AppContext &m_context;
    MessageStrip *m_strip;
    QComboBox *m_endpoint = nullptr;
    DataTable *m_probe = nullptr;
    QLabel *m_probeTitle = nullptr, *m_probeAdvice = nullptr;
    JobLine *m_job = nullptr;
    QPointer<UiJob> m_running{};
    services::ProbeResult m_last{};
};

} // namespace naru::ui
