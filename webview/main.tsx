import './noEval';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { createVsCodeHost } from './host';
import './styles/base.css';
import './styles/ui.css';
import './styles/header.css';
import './styles/overview.css';
import './styles/evidence.css';
import './styles/forecast.css';
import './styles/hypotheses.css';
import './styles/steps.css';
import './styles/trace.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App host={createVsCodeHost()} />);
