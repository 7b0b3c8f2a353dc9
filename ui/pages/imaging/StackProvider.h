// The frames of one stack, from the loader's cache.
#pragma once

#include "ui/pages/imaging/FrameLoader.h"
#include "ui/widgets/viewport/ImageProvider.h"

namespace naru::ui {

class StackProvider : public ImageProvider {
    Q_OBJECT
public:
    StackProvider(FrameLoader &loader, const services::StudyRow &study,
        const std::vector<imaging::InstanceRef> &instances, const imaging::Stack &stack, QObject *parent);
    ~StackProvider() override;

    // More of the same: whatever is shown stays shown, under its new index (indexOf). Who shows it asks.
    void extend(const services::StudyRow &study, const std::vector<imaging::InstanceRef> &instances,
        const imaging::Stack &stack);
    int indexOf(const QString &handle, int frame) const; // -1: not one of this stack

    int count() const override { return m_stack.size(); }
    ShownImage image(int index) override;
    ShownImage known(int index) const override;
    bool isLoaded(int index) const override;
    int loadedCount() const override;
    void lookAt(const void *viewer, int index, int direction) override;
    void leave(const void *viewer) override;
    QString seriesKey() const override { return m_stack.seriesUid; }
    QString studyKey() const override { return m_studyKey; }
    QString title() const override { return m_title; }
    QString modality() const override;
    QString bodyPart() const override;
    QString dateText() const override { return m_date; }
    int first() const override;

    const imaging::Stack &stack() const { return m_stack; }
    const std::vector<imaging::InstanceRef> &instances() const { return m_instances; }
    int number() const { return m_number; } // of the loader
    FrameLoader &loader() const { return m_loader; }

private:
    FrameLoader &m_loader;
    std::vector<imaging::InstanceRef> m_instances;
    imaging::Stack m_stack;
    QString m_studyKey, m_title, m_date;
    int m_number = -1;
};

QString stackTitle(const std::vector<imaging::InstanceRef> &instances, const imaging::Stack &stack);
QString dicomDate(const QString &yyyymmdd); // "2026-11-18"; as it is when it is no date

} // namespace naru::ui
