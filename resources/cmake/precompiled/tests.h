// What most tests include besides; see Precompile.cmake.
#pragma once
#include "core.h"
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>
