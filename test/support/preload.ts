// Loaded in this order before each spec: Nest's packages require each other and Jest cannot load an ES module inside a cycle.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
import '@nestjs/bull-shared';
