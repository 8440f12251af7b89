#!/usr/bin/env node
// dist/rekindle.js: what Node.js must be told before it reads the bundle.
'use strict';
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

// Node.js 22 and later keep the compiled bundle, which is a third of what a command takes to start.
enableCompileCache?.(join(__dirname, '.compile-cache'));
if (process.env.DEBUG) process.setSourceMapsEnabled(true);
require('./main.js');
