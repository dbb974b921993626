// SPDX-License-Identifier: Apache-2.0
// Reads an MPS file (or .mps.gz) for tests, through CoinUtils.
#pragma once

#include <CoinMpsIO.hpp>
#include <CoinPackedMatrix.hpp>
#include <string>

#include "base/result.hpp"
#include "optim/linear_program.hpp"

namespace atlas::optim::testing {

inline Result<LinearProgram> read_mps(const std::string& path) {
    CoinMpsIO file;
    file.messageHandler()->setLogLevel(0);
    if (file.readMps(path.c_str(), "") != 0) {
        return invalid_argument(path, "is no MPS file");
    }
    const auto open = [&](double bound) {
        return bound >= file.getInfinity()    ? kInfinity
               : bound <= -file.getInfinity() ? -kInfinity
                                              : bound;
    };
    LinearProgram program;
    program.constant = -file.objectiveOffset();
    for (int i = 0; i < file.getNumRows(); ++i) {
        program.add_row({open(file.getRowLower()[i]), open(file.getRowUpper()[i])});
    }
    const CoinPackedMatrix* matrix = file.getMatrixByCol();
    for (int j = 0; j < file.getNumCols(); ++j) {
        std::vector<Entry> entries;
        const CoinBigIndex first = matrix->getVectorStarts()[j];
        for (CoinBigIndex k = first; k < first + matrix->getVectorLengths()[j]; ++k) {
            entries.push_back({matrix->getIndices()[k], matrix->getElements()[k]});
        }
        program.add_column(file.getObjCoefficients()[j],
                           {open(file.getColLower()[j]), open(file.getColUpper()[j])}, entries);
    }
    return program;
}

}  // namespace atlas::optim::testing
