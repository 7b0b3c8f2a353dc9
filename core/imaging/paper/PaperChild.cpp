#include "core/imaging/paper/PaperChild.h"
#include "core/imaging/Errors.h"
#include "core/imaging/paper/PaperProtocol.h"

#include <chrono>

namespace naru::imaging {

namespace {
base::Error programError(const char *what)
{
    return base::Error(errors::PaperProgram, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
}

base::Error troubleOf(const QCborMap &answer)
{
    switch (answer.value(qint64(paper::Fault)).toInteger()) {
    case paper::Damaged:
        return base::Error(errors::PaperDamaged);
    case paper::Locked:
        return base::Error(errors::PaperLocked);
    case paper::Memory:
        return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("memory")}});
    default:
        return base::Error(errors::PaperCrashed);
    }
}
} // namespace

PaperChild::PaperChild(PaperOptions options)
    : m_options(std::move(options))
{
    if (m_options.program.isEmpty())
        m_options.program = helperProgram("naru-paper");
}

base::Status PaperChild::start(const base::WorkContext &work)
{
    const ChildProgram program{
        m_options.program, {QByteArray::number(m_options.memoryLimit)}, {}, "NARU_PAPER_STDERR"};
    if (!m_stop.valid() || !m_process.start(program))
        return programError("naru-paper");
    const auto armed = m_stop.armed(work);
    const base::Result<QCborMap> ready = next();
    if (!ready)
        return ready.error().is(errors::PaperCrashed) ? programError("no answer") : ready.error();
    if (ready->value(qint64(paper::Verb)).toInteger() == paper::Ready
        && ready->value(qint64(paper::Version)).toInteger() == paper::CurrentVersion)
        return {};
    kill();
    return programError("version");
}

base::Result<QCborMap> PaperChild::next()
{
    constexpr std::chrono::seconds Reading{5}; // of an answer that has begun
    wire::Message message;
    wire::Got got =
        m_process.awaitWork(std::chrono::milliseconds(m_options.milliseconds), m_stop.descriptor());
    if (got == wire::Got::Message)
        got = wire::receive(m_process.socket(), message, paper::MaximumAnswer,
            std::chrono::steady_clock::now() + Reading, m_stop.descriptor());
    if (got == wire::Got::Message && message.descriptors.empty())
        return message.map;
    kill();
    if (got == wire::Got::Stopped)
        return errors::Stopped;
    if (got == wire::Got::Timeout)
        return base::Error(errors::PaperTimeout, {},
            {{QStringLiteral("seconds"), QString::number(m_options.milliseconds / 1000)}});
    return errors::PaperCrashed;
}

base::Result<QCborMap> PaperChild::ask(
    const QCborMap &question, int descriptor, const base::WorkContext &work)
{
    const auto armed = m_stop.armed(work);
    if (!running() || !wire::send(m_process.socket(), question, {descriptor})) {
        kill();
        return errors::PaperCrashed;
    }
    NARU_ASSIGN(const QCborMap answer, next());
    if (answer.value(qint64(paper::Verb)).toInteger() != paper::Done) {
        kill();
        return errors::PaperCrashed;
    }
    if (!answer.value(qint64(paper::Ok)).toBool())
        return troubleOf(answer);
    return answer;
}

} // namespace naru::imaging
