// Where a value came from: EMR, an earlier document, typed. Own icon-word, colour and tint each; Enter tells
// more and offers to take the value back as it came.
#pragma once

#include "core/clinical/Coded.h"

#include <QAbstractButton>

namespace naru::ui {

class Theme;

class SourceChip : public QAbstractButton {
    Q_OBJECT
public:
    SourceChip(Theme &theme, QWidget *parent = nullptr);

    void setSource(const clinical::Source &source);
    const clinical::Source &source() const { return m_source; }
    // [되돌리기] is offered when the value was changed after it came.
    void setRevertible(bool on) { m_revertible = on; }
    static QString words(const clinical::Source &source);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void revertRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void tell();

    Theme &m_theme;
    clinical::Source m_source{};
    bool m_revertible = false;
};

} // namespace naru::ui
