#pragma once

#include <QtTest>

#include "core/model/zoo.h"

/// Ends the test's preparation where one of these zoo models is not on this machine: as skipped where nobody promised
/// them (PyPI out of reach), as failed where test.sh has set them up.
#define REQUIRE_ZOO_MODELS(names)                                                           \
    for (const std::string& wanted : names) {                                               \
        const discern::ZooModel* const known = discern::findZooModel(wanted);               \
        if (known && known->installed()) continue;                                          \
        if (qEnvironmentVariableIsSet("DISCERN_REAL_MODELS"))                               \
            QFAIL(qPrintable(QString::fromStdString(wanted + " should have been set up"))); \
        QSKIP("the real networks are not on this machine: run ./test.sh");                  \
    }
