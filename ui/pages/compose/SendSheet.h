// The last look before sending, inside the page: who, to whom, with which consent, these very bytes. Enter
// sends.
#pragma once

#include "core/services/ImageSharing.h"
#include "core/services/Types.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace naru::ui {

class AppContext;
class DigitChoice;
class FlowLayout;
class HangulLineEdit;
class MessageStrip;

class SendSheet : public QFrame {
    Q_OBJECT
public:
    SendSheet(AppContext &context, QWidget *parent = nullptr);

    void open(const clinical::Document &document, const services::Preview &sealed,
        const std::vector<services::ConsentLight> &lights, bool online);
    // What goes along; also again, while more of it is arriving.
    void setImages(const std::vector<services::GoingImages> &images);
    void setConsents(const std::vector<services::ConsentLight> &lights);
    void setBusy(bool on);
    bool mayShare() const { return m_mayShare; }
    QString sha256() const { return m_sha256; }
    void showError(const base::Error &error);
    // The legal exception as chosen here; Case::None when consent allows.
    clinical::EmergencyException exception() const { return m_exception; }

Q_SIGNALS:
    void sendRequested();
    void exceptionChosen(); // the document changed: it has to be sealed again
    void consentRequested();
    void printRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void openException();
    void showException(bool agreed);
    void confirmException();

    AppContext &m_context;
    MessageStrip *m_strip = nullptr;
    QLabel *m_who = nullptr, *m_whoDetail = nullptr, *m_to = nullptr, *m_toDetail = nullptr,
           *m_consent = nullptr, *m_images = nullptr, *m_arriving = nullptr, *m_hash = nullptr,
           *m_signer = nullptr;
    QPushButton *m_send = nullptr, *m_back = nullptr, *m_print = nullptr;
    QWidget *m_exceptionPanel = nullptr;
    DigitChoice *m_case = nullptr;
    HangulLineEdit *m_reason = nullptr;
    QPushButton *m_confirm = nullptr;
    clinical::EmergencyException m_exception{};
    clinical::Document m_document{};
    QString m_sha256{};
    bool m_mayShare = false;
    bool m_askedTwice = false;
};

} // namespace naru::ui
