// The studies of one source: their list, and those that are open with their stacks. Everything that reads
// runs on the job queue.
#pragma once

#include "ui/pages/imaging/StackProvider.h"

#include <QObject>

namespace naru::ui {

struct OpenStudy {
    services::StudyRow row{};
    std::vector<imaging::InstanceRef> instances{};
    std::vector<imaging::Stack> stacks{};
    QList<StackProvider *> providers{}; // one a stack
    int notShown = 0; // objects that are no images
    int pictures() const;
};

class StudyDesk : public QObject {
    Q_OBJECT
public:
    StudyDesk(jobs::JobQueue &queue, std::shared_ptr<StudySource> source, QObject *parent = nullptr);
    ~StudyDesk() override;

    void load();
    void open(const QString &studyKey); // studyOpened() follows, at once for one that is open
    // Reads an open study again because more of it has arrived: its stacks grow in place, new ones come in;
    // studyGrown() follows when there was anything.
    void grow(const QString &studyKey);
    void close(const QString &studyKey);
    bool isLoading() const { return m_loading; }
    const std::vector<services::StudyRow> &rows() const { return m_rows; }
    const services::StudyRow *row(const QString &studyKey) const;
    const OpenStudy *study(const QString &studyKey) const;
    FrameLoader &loader() { return *m_loader; }
    StudySource &source() { return *m_source; }
    std::shared_ptr<StudySource> sharedSource() const { return m_source; }
    jobs::JobQueue &queue() const { return m_queue; }
    StackProvider *providerOf(int loaderStack) const;

Q_SIGNALS:
    void studiesLoaded();
    void studyOpened(const QString &studyKey);
    void studyGrown(const QString &studyKey, int newPictures);
    void failed(const naru::base::Error &error);

private:
    void take(const QString &studyKey, const OpenStudy &read);
    void merge(const QString &studyKey, const OpenStudy &read);
    void read(const QString &studyKey, const std::function<void(const OpenStudy &)> &done);

    jobs::JobQueue &m_queue;
    std::shared_ptr<StudySource> m_source;
    FrameLoader *m_loader;
    std::vector<services::StudyRow> m_rows{};
    QHash<QString, std::shared_ptr<OpenStudy>> m_open{};
    QStringList m_opening{};
    bool m_loading = false, m_again = false;
};

} // namespace naru::ui
