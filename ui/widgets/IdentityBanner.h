// Who this is: name, sex, birth date (age), chart number, consent lights, allergies. Fixed above every screen
// of a patient, never collapses and never scrolls; when one line is too narrow it takes two or more and keeps
// all four identifiers.
#pragma once

#include "core/services/Types.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace naru::ui {

class AppContext;
class FlowRow;
class Theme;

class IdentityBanner : public QWidget {
    Q_OBJECT
public:
    explicit IdentityBanner(Theme &theme, bool korean = true, QWidget *parent = nullptr);

    void setPatient(const clinical::Patient &patient);
    void setLights(const std::vector<services::ConsentLight> &lights);
    void setAllergies(int count); // -1: not known
    // What is recorded when it is recorded that there are none ("No known drug allergy").
    void setDeniedAllergies(const QString &words);
    // Loads patient, lights and allergies of the key and follows their changes.
    void follow(AppContext &context, const services::PatientKey &key);
    // "성명 성별 생년월일 차트" as one line, for tests and screen readers.
    QString identity() const;
    // The revealed resident number disappears on lock.
    void hideSecrets();

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void revealed(); // the resident number was shown on request: to be audited
    void consentRequested(); // a light was pressed

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void rebuild();
    void fitName();
    QLabel *part(const QString &name);

    Theme &m_theme;
    bool m_korean;
    clinical::Patient m_patient{};
    std::vector<services::ConsentLight> m_lightValues{};
    FlowRow *m_flow = nullptr;
    QLabel *m_name = nullptr, *m_sex = nullptr, *m_birth = nullptr, *m_chart = nullptr, *m_resident = nullptr;
    QPushButton *m_reveal = nullptr;
    QPushButton *m_lights = nullptr;
    QLabel *m_allergies = nullptr;
    bool m_revealed = false;
    int m_allergyCount = -1;
    QString m_deniedAllergies{};
};

} // namespace naru::ui
