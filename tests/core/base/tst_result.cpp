// Result, Error and the generated error table.
#include "core/base/Errors.h"
#include "core/base/Result.h"
#include "core/base/SecureBytes.h"
#include "core/base/WorkContext.h"

#include <QTest>
#include <memory>

using namespace naru::base;

namespace {
Result<int> half(int n)
{
    if (n % 2)
        return Error(errors::Invalid, QStringLiteral("odd"));
    return n / 2;
}

Result<int> quarter(int n)
{
    NARU_ASSIGN(const int once, half(n));
    NARU_ASSIGN(const int twice, half(once));
    return twice;
}

Status bothEven(int a, int b)
{
    NARU_TRY(half(a));
    NARU_TRY(half(b));
    return {};
}
} // namespace

class TestResult : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void carriesValueOrError()
    {
        QCOMPARE(*half(4), 2);
        QVERIFY(!half(3));
        QVERIFY(half(3).error().is(errors::Invalid));
        QCOMPARE(half(3).valueOr(-1), -1);
        QCOMPARE(half(8).valueOr(-1), 4);
    }

    void macrosPassErrorsOn()
    {
        QCOMPARE(*quarter(8), 2);
        QCOMPARE(quarter(6).error().detail, QStringLiteral("odd"));
        QVERIFY(bothEven(2, 4).ok());
        QVERIFY(!bothEven(2, 3).ok());
    }

    void continuations()
    {
        QCOMPARE(half(8).andThen(half).value(), 2);
        QVERIFY(!half(3).andThen(half).ok());
        QCOMPARE(half(8).map([](int n) { return QString::number(n); }).value(), QStringLiteral("4"));
        QVERIFY(!half(3).map([](int n) { return n; }).ok());
    }

    void movesWhatCannotBeCopied()
    {
        Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
        const std::unique_ptr<int> taken = std::move(result).value();
        QCOMPARE(*taken, 7);
    }

    void causesAreFound()
    {
        Error outer(errors::Io, QStringLiteral("saving"));
        outer.because(Error(errors::XmlBroken, QStringLiteral("line 3")))
            .with(QStringLiteral("what"), QStringLiteral("x"));
        QVERIFY(outer.has(errors::XmlBroken) && outer.has(errors::Io) && !outer.has(errors::Stopped));
        QVERIFY(!outer.is(errors::XmlBroken));
        QCOMPARE(outer.toString(), QStringLiteral("base.Io: saving <- base.XmlBroken: line 3"));
        QCOMPARE(outer.code.exitStatus, 5);
    }

    void secureBytesHaveOneOwner()
    {
        SecureBytes key(QByteArrayView("secret"));
        SecureBytes moved(std::move(key));
        QCOMPARE(moved.size(), std::size_t(6));
        SecureBytes copy = moved.clone();
        moved.wipe();
        QVERIFY(moved.isEmpty());
        QCOMPARE(copy.view().toByteArray(), QByteArray("secret"));
        static_assert(!std::is_copy_constructible_v<SecureBytes> && !std::is_copy_assignable_v<SecureBytes>);
    }

    void assignedSecureBytesForgetWhatTheyHeld()
    {
        SecureBytes old(QByteArrayView("old key"));
        SecureBytes fresh(QByteArrayView("new key"));
        old = std::move(fresh);
        QCOMPARE(old.view().toByteArray(), QByteArray("new key"));
        QVERIFY(fresh.isEmpty()); // NOLINT: a moved-from key must not live on elsewhere
    }

    void workStops()
    {
        std::stop_source source;
        qint64 seen = -1;
        const WorkContext context(
            source.get_token(), [&](const Progress &progress) { seen = progress.done; });
        context.report("retrieve", 3, 10);
        QCOMPARE(seen, 3);
        QVERIFY(!context.stopRequested());
        source.request_stop();
        QVERIFY(context.stopRequested());
        WorkContext().report("nobody listens");
    }
};

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"
